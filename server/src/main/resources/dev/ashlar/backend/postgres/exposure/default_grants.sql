-- Parameter: exposed schemas.
select pg_catalog.pg_get_userbyid(d.defaclrole) as maker, n.nspname, d.defaclobjtype::text,
  case g.grantee when 0 then 'public' else pg_catalog.pg_get_userbyid(g.grantee) end as grantee,
  array_agg(g.privilege_type order by g.privilege_type)::text[] as privileges
from pg_catalog.pg_default_acl d
left join pg_catalog.pg_namespace n on n.oid = d.defaclnamespace
cross join pg_catalog.aclexplode(d.defaclacl) g
where d.defaclobjtype in ('r', 'f', 'S') and g.grantee <> d.defaclrole
  and (n.nspname is null or n.nspname = any (?::text[]))
group by 1, 2, 3, 4
order by 1, 2, 3, 4
