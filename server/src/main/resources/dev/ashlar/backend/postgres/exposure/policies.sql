-- Parameter: oids of relations.
select p.oid, p.polrelid, p.polname, p.polcmd::text, p.polpermissive,
  array(select case role when 0 then 'public' else pg_catalog.pg_get_userbyid(role) end
    from unnest(p.polroles) role)::text[] as roles,
  pg_catalog.pg_get_expr(p.polqual, p.polrelid) as using_condition,
  pg_catalog.pg_get_expr(p.polwithcheck, p.polrelid) as check_condition
from pg_catalog.pg_policy p
where p.polrelid = any (?::oid[])
order by p.polrelid, p.polname
