-- Rights on relations and their columns as they were given; the owner's own are left out. Parameter: oids, twice.
select c.oid, case g.grantee when 0 then 'public' else pg_catalog.pg_get_userbyid(g.grantee) end as grantee,
  g.privilege_type, null::text as column_name, g.is_grantable
from pg_catalog.pg_class c
cross join pg_catalog.aclexplode(c.relacl) g
where c.oid = any (?::oid[]) and g.grantee <> c.relowner
union all
select c.oid, case g.grantee when 0 then 'public' else pg_catalog.pg_get_userbyid(g.grantee) end,
  g.privilege_type, a.attname, g.is_grantable
from pg_catalog.pg_class c
join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attacl is not null and not a.attisdropped
cross join pg_catalog.aclexplode(a.attacl) g
where c.oid = any (?::oid[]) and g.grantee <> c.relowner
order by 1, 4 nulls first, 2, 3
