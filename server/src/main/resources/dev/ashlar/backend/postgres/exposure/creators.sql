-- Who may create in a schema, of callers and PUBLIC. Parameters: exposed schemas, names of roles.
select n.nspname,
  case when g.grantee = 0 then 'public' else pg_catalog.pg_get_userbyid(g.grantee) end as grantee
from pg_catalog.pg_namespace n
cross join pg_catalog.aclexplode(n.nspacl) g
where n.nspname = any (?::text[]) and g.privilege_type = 'CREATE'
  and (g.grantee = 0 or pg_catalog.pg_get_userbyid(g.grantee) = any (?::text[]))
union
select n.nspname, r.rolname
from pg_catalog.pg_namespace n
cross join pg_catalog.pg_roles r
where n.nspname = any (?::text[]) and r.rolname = any (?::text[])
  and pg_catalog.has_schema_privilege(r.oid, n.oid, 'CREATE')
  and not exists (select from pg_catalog.aclexplode(n.nspacl) g where g.grantee = 0 and g.privilege_type = 'CREATE')
order by 1, 2
