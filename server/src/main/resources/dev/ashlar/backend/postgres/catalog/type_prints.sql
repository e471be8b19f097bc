-- The same for the users' types that are no rows and no arrays, with labels and casts.
with origin as materialized (select age('3'::xid)::bigint as age), parts as (
  select t.oid, age(t.xmin) as age, 0::bigint as salt from pg_type t
  where t.oid >= 16384 and t.typtype in ('b', 'd', 'e', 'r', 'm') and t.typelem = 0
  union all
  select e.enumtypid, age(e.xmin), e.oid::bigint from pg_enum e
  union all
  select c.castsource, age(c.xmin), c.oid::bigint from pg_cast c where c.oid >= 16384
  union all
  select c.casttarget, age(c.xmin), c.oid::bigint from pg_cast c where c.oid >= 16384
)
select p.oid, bit_xor(hashint8extended((p.age - o.age) & 4294967295, p.salt)) as print, 0::bigint as name
from parts p cross join origin o where p.oid >= 16384 group by p.oid;
