-- Parameters: role, oid of the table.
select p.polname, p.polcmd::text, p.polpermissive,
  array(select case given when 0 then 'public' else pg_catalog.pg_get_userbyid(given) end
    from unnest(p.polroles) given)::text[] as roles,
  exists (select from unnest(p.polroles) given
    where case given when 0 then true
      else pg_catalog.pg_has_role(r.oid, given, 'usage') end) as for_role,
  pg_catalog.pg_get_expr(p.polqual, p.polrelid) as using_condition,
  pg_catalog.pg_get_expr(p.polwithcheck, p.polrelid) as check_condition
from pg_catalog.pg_roles r, pg_catalog.pg_policy p
where r.rolname = ? and p.polrelid = ?::bigint::oid
order by p.polname
