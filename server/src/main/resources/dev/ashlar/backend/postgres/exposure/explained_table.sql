-- Parameters: role, schema, table.
with asked as (
  select r.oid as role, r.rolsuper or r.rolbypassrls as bypass, c.*, n.nspname,
    pg_catalog.has_schema_privilege(r.oid, n.oid, 'usage') as usage
  from pg_catalog.pg_roles r, pg_catalog.pg_class c
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  where r.rolname = ? and n.nspname = ? and c.relname = ?
)
select a.oid, a.relkind::text, a.usage, a.bypass, a.relrowsecurity, a.relforcerowsecurity,
  pg_catalog.pg_get_userbyid(a.relowner) as owner,
  pg_catalog.pg_has_role(a.role, a.relowner, 'usage') as owns,
  pg_catalog.has_table_privilege(a.role, a.oid, 'delete') as may_delete,
  array(select t.attname::text
    from pg_catalog.pg_index i
    cross join unnest(i.indkey::smallint[]) with ordinality k (number, place)
    join pg_catalog.pg_attribute t on t.attrelid = i.indrelid and t.attnum = k.number
    where i.indrelid = a.oid and i.indisprimary order by k.place) as key,
  array(select t.tgname::text from pg_catalog.pg_trigger t
    where t.tgrelid = a.oid and not t.tgisinternal and t.tgenabled <> 'D'
      and t.tgtype & 3 = 3 order by t.tgname) as triggers,
  coalesce(a.reloptions && array['security_invoker=true', 'security_invoker=on',
    'security_invoker=1', 'security_invoker=yes'], false) as security_invoker,
  array(select distinct d.refobjid::regclass::text
    from pg_catalog.pg_rewrite w
    join pg_catalog.pg_depend d on d.classid = 'pg_catalog.pg_rewrite'::regclass
      and d.objid = w.oid and d.refclassid = 'pg_catalog.pg_class'::regclass
    where w.ev_class = a.oid and d.refobjid <> a.oid) as reads
from asked a
