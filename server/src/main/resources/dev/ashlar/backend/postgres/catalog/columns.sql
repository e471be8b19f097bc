-- Columns of what the schemas hold, and of the row types that their functions return. A type modifier of -1, unlike
-- NULL, makes the server write bpchar and "bit", whose bare names would mean a length of one. A default refers to no
-- column, so that pg_get_expr needs no relation, which it would lock.
with exposed as (
  select n.oid from pg_namespace n where n.nspname = any (?)
), relations as materialized (
  select c.oid from pg_class c join exposed e on e.oid = c.relnamespace where c.relkind in ('r', 'p', 'v', 'm', 'f')
    and (cast(? as oid[]) is null or c.oid = any (cast(? as oid[])))
  union
  select t.typrelid from pg_proc p
  join exposed e on e.oid = p.pronamespace
  join pg_type t on t.oid = p.prorettype
  where t.typrelid <> 0
    and (cast(? as oid[]) is null or t.typrelid = any (cast(? as oid[])) or p.oid = any (cast(? as oid[])))
)
select a.attrelid, a.attnum, a.attname, a.atttypid, a.atttypmod, format_type(a.atttypid, -1) as type,
       a.attnotnull,
       case when a.attgenerated <> '' then 'computed' when a.attidentity <> '' then a.attidentity::text
            when a.atthasdef then 'default' end as generation,
       case when a.attgenerated = '' then pg_get_expr(f.adbin, 0) end as default_expression, d.description
from relations r
join pg_attribute a on a.attrelid = r.oid and a.attnum > 0 and not a.attisdropped
left join pg_attrdef f on f.adrelid = a.attrelid and f.adnum = a.attnum
left join pg_description d on d.objoid = a.attrelid and d.classoid = 'pg_class'::regclass and d.objsubid = a.attnum
order by a.attrelid, a.attnum;
