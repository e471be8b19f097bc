-- Keys, checks and foreign keys. Parameter: oids of relations.
select k.conrelid, k.conname, k.contype::text,
  array(select a.attname from unnest(k.conkey) with ordinality u (attnum, place)
    join pg_catalog.pg_attribute a on a.attrelid = k.conrelid and a.attnum = u.attnum order by u.place)::text[]
    as columns,
  case when k.contype = 'c' then pg_catalog.pg_get_expr(k.conbin, k.conrelid) end as condition,
  k.confrelid,
  case when k.contype = 'f' then (select n.nspname || '.' || c.relname from pg_catalog.pg_class c
    join pg_catalog.pg_namespace n on n.oid = c.relnamespace where c.oid = k.confrelid) end as target,
  array(select a.attname from unnest(k.confkey) with ordinality u (attnum, place)
    join pg_catalog.pg_attribute a on a.attrelid = k.confrelid and a.attnum = u.attnum order by u.place)::text[]
    as target_columns,
  case k.confdeltype when 'a' then 'no action' when 'r' then 'restrict' when 'c' then 'cascade'
    when 'n' then 'set null' when 'd' then 'set default' else '' end as on_delete
from pg_catalog.pg_constraint k
where k.conrelid = any (?::oid[]) and k.contype in ('p', 'u', 'c', 'f')
order by k.conrelid, k.contype, k.conname
