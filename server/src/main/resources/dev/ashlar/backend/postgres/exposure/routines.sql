-- Routines of exposed schemas, those that policies, views and defaults of columns call, and those of the database's
-- own that reach outside. Parameters: exposed schemas, oids of relations, names of roles, exposed schemas.
with called as (
  select d.refobjid as oid
  from pg_catalog.pg_depend d
  join pg_catalog.pg_policy p on d.classid = 'pg_catalog.pg_policy'::pg_catalog.regclass and d.objid = p.oid
  where d.refclassid = 'pg_catalog.pg_proc'::pg_catalog.regclass and p.polrelid = any (?::oid[])
)
select f.oid, n.nspname, f.proname, pg_catalog.pg_get_function_identity_arguments(f.oid) as arguments,
  coalesce(pg_catalog.pg_get_function_result(f.oid), '') as returns,
  o.rolname as owner, o.rolsuper or o.rolbypassrls as owner_sees_everything, f.prosecdef,
  coalesce(f.proconfig, '{}')::text[] as settings, f.provolatile::text, l.lanname,
  coalesce(f.prosrc, '') || coalesce(pg_catalog.pg_get_function_sqlbody(f.oid), '') as source,
  f.prorettype in ('pg_catalog.trigger'::pg_catalog.regtype, 'pg_catalog.event_trigger'::pg_catalog.regtype)
    as returns_trigger,
  n.nspname = any (?::text[]) as exposed,
  exists (select from pg_catalog.pg_depend d where d.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass
    and d.objid = f.oid and d.deptype = 'e') as of_extension,
  array(select r.rolname from pg_catalog.pg_roles r where r.rolname = any (?::text[])
    and pg_catalog.has_function_privilege(r.oid, f.oid, 'EXECUTE')
    and pg_catalog.has_schema_privilege(r.oid, f.pronamespace, 'USAGE') order by r.rolname)::text[] as callers,
  array(select case g.grantee when 0 then 'public' else pg_catalog.pg_get_userbyid(g.grantee) end
    from pg_catalog.aclexplode(coalesce(f.proacl, pg_catalog.acldefault('f', f.proowner))) g
    where g.grantee <> f.proowner)::text[] as grantees
from pg_catalog.pg_proc f
join pg_catalog.pg_namespace n on n.oid = f.pronamespace
join pg_catalog.pg_language l on l.oid = f.prolang
join pg_catalog.pg_roles o on o.oid = f.proowner
where f.prokind <> 'a' and f.prokind <> 'w'
  and (n.nspname = any (?::text[])
    or f.oid in (select oid from called) and n.nspname <> 'pg_catalog')
order by n.nspname, f.proname, f.oid
