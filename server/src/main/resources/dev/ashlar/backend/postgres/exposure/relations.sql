-- Relations that an API serves by name, and all that they lead to: what views read, what foreign keys point at, what
-- policies look into, partitions. Parameters: the exposed schemas.
with recursive served as (
  select c.oid, true as exposed
  from pg_catalog.pg_class c
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  where c.relkind in ('r', 'p', 'v', 'm', 'f')
    and c.relpersistence <> 't'
    and (n.nspname = any (?::text[])
      or (n.nspname, c.relname) in (('storage', 'objects'), ('storage', 'buckets'), ('realtime', 'messages')))
), edges as (
  select r.ev_class as source, d.refobjid as target
  from pg_catalog.pg_rewrite r
  join pg_catalog.pg_depend d on d.classid = 'pg_catalog.pg_rewrite'::pg_catalog.regclass and d.objid = r.oid
    and d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass and d.refobjid <> r.ev_class
  union
  select conrelid, confrelid from pg_catalog.pg_constraint where contype = 'f'
  union
  select p.polrelid, d.refobjid
  from pg_catalog.pg_policy p
  join pg_catalog.pg_depend d on d.classid = 'pg_catalog.pg_policy'::pg_catalog.regclass and d.objid = p.oid
    and d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass and d.refobjid <> p.polrelid
  union
  select inhrelid, inhparent from pg_catalog.pg_inherits
), reached as (
  select oid from served
  union
  select edges.target from reached join edges on edges.source = reached.oid
)
select c.oid, n.nspname, c.relname, c.relkind::text, o.rolname as owner,
  o.rolsuper or o.rolbypassrls as owner_sees_everything,
  c.relrowsecurity, c.relforcerowsecurity,
  coalesce((select option_value::boolean from pg_catalog.pg_options_to_table(c.reloptions)
    where option_name = 'security_invoker'), false) as security_invoker,
  case when c.relispartition then
    (select inhparent from pg_catalog.pg_inherits where inhrelid = c.oid limit 1) end as parent,
  s.exposed is not null as exposed,
  pg_catalog.obj_description(c.oid, 'pg_class') as comment,
  case when c.relkind in ('v', 'm') then pg_catalog.pg_get_viewdef(c.oid) end as definition,
  case when c.relkind in ('v', 'f') then pg_catalog.pg_relation_is_updatable(c.oid, true) else 0 end as updatable,
  array(select distinct d.refobjid
    from pg_catalog.pg_rewrite r
    join pg_catalog.pg_depend d on d.classid = 'pg_catalog.pg_rewrite'::pg_catalog.regclass and d.objid = r.oid
      and d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass and d.refobjid <> c.oid
    where r.ev_class = c.oid)::bigint[] as reads
from pg_catalog.pg_class c
join reached on reached.oid = c.oid
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
join pg_catalog.pg_roles o on o.oid = c.relowner
left join served s on s.oid = c.oid
where c.relkind in ('r', 'p', 'v', 'm', 'f') and n.nspname <> 'pg_catalog' and n.nspname <> 'information_schema'
order by n.nspname, c.relname
