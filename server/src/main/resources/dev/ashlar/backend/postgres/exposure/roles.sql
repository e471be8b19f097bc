-- Parameter: names of roles.
select r.rolname, r.rolsuper, r.rolbypassrls, r.rolcanlogin, r.rolcreaterole,
  array(select o.rolname from pg_catalog.pg_roles o
    where o.oid <> r.oid and pg_catalog.pg_has_role(r.oid, o.oid, 'USAGE') order by o.rolname)::text[] as inherits,
  array(select o.rolname from pg_catalog.pg_roles o
    where o.oid <> r.oid and pg_catalog.pg_has_role(r.oid, o.oid, 'MEMBER') order by o.rolname)::text[] as members
from pg_catalog.pg_roles r
where r.rolname = any (?::text[])
