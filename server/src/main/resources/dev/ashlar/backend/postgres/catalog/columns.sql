-- Columns of what the schemas hold, and of the row types that their functions return. A type modifier of -1, unlike
-- NULL, makes the server write bpchar and "bit", whose bare names would mean a length of one.
with exposed as (
  select n.oid from pg_namespace n where n.nspname = any (?)
), relations as materialized (
  select c.oid from pg_class c join exposed e on e.oid = c.relnamespace where c.relkind in ('r', 'p', 'v', 'm', 'f')
  union
  select t.typrelid from pg_proc p
  join exposed e on e.oid = p.pronamespace
  join pg_type t on t.oid = p.prorettype
  where t.typrelid <> 0
)
select a.attrelid, a.attnum, a.attname, a.atttypid, format_type(a.atttypid, -1) as type,
       a.attnotnull, a.attidentity, a.attgenerated, a.atthasdef, d.description
from relations r
join pg_attribute a on a.attrelid = r.oid and a.attnum > 0 and not a.attisdropped
left join pg_description d on d.objoid = a.attrelid and d.classoid = 'pg_class'::regclass and d.objsubid = a.attnum
order by a.attrelid, a.attnum;
