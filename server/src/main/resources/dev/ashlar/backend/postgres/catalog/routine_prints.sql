-- The same for functions of the exposed schemas.
with origin as materialized (select age('3'::xid)::bigint as age)
select p.oid,
       hashint8extended((age(p.xmin) - o.age) & 4294967295, 0)
         # coalesce(hashint8extended((age(d.xmin) - o.age) & 4294967295, 1), 0) as print,
       0::bigint as name
from pg_proc p
join pg_namespace n on n.oid = p.pronamespace and n.nspname = any (?)
cross join origin o
left join pg_description d on d.objoid = p.oid and d.classoid = 'pg_proc'::regclass and d.objsubid = 0;
