-- Parameter: oids of relations.
select a.attrelid, a.attname,
  pg_catalog.format_type(a.atttypid, a.atttypmod) as type,
  case when t.typtype = 'd' then pg_catalog.format_type(
    (with recursive below as (
       select t.typbasetype as oid, t.typtypmod as typmod
       union all
       select b.typbasetype, b.typtypmod from below join pg_catalog.pg_type b on b.oid = below.oid
       where b.typtype = 'd')
     select below.oid from below join pg_catalog.pg_type b on b.oid = below.oid where b.typtype <> 'd' limit 1), -1)
    else pg_catalog.format_type(a.atttypid, -1) end as base,
  t.typcategory::text,
  array(select e.enumlabel from pg_catalog.pg_enum e where e.enumtypid = a.atttypid order by e.enumsortorder)::text[]
    as labels,
  array(select pg_catalog.pg_get_expr(k.conbin, 0) from pg_catalog.pg_constraint k
    where k.contypid = a.atttypid and k.contype = 'c')::text[] as domain_checks,
  a.attnotnull or t.typtype = 'd' and t.typnotnull as not_null,
  pg_catalog.pg_get_expr(d.adbin, d.adrelid) as expression,
  a.attidentity::text, a.attgenerated <> '' as generated,
  pg_catalog.col_description(a.attrelid, a.attnum) as comment
from pg_catalog.pg_attribute a
join pg_catalog.pg_type t on t.oid = a.atttypid
left join pg_catalog.pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
where a.attrelid = any (?::oid[]) and a.attnum > 0 and not a.attisdropped
order by a.attrelid, a.attnum
