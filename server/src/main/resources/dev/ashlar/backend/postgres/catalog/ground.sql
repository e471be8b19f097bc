-- What everything else stands on: which server and database this is, who may see the exposed schemas, who is a member of
-- which role, what foreign servers take.
with exposed as (
  select n.oid, n.nspname from pg_namespace n where n.nspname = any (?)
), roles as materialized (
  select r.oid, r.rolname from pg_roles r
  where r.rolname !~ '^pg_'
    and case when current_setting('server_version_num')::int >= 160000
             then pg_has_role(session_user, r.oid, 'SET') else pg_has_role(session_user, r.oid, 'MEMBER') end
)
select md5(concat_ws(' ', (select d.oid from pg_database d where d.datname = current_database()),
       pg_postmaster_start_time(), session_user,
       (select string_agg(e.oid || ':' || e.nspname || ':' || r.rolname, ' ' order by e.nspname, r.rolname)
        from exposed e cross join roles r where has_schema_privilege(r.oid, e.oid, 'USAGE')),
       (select string_agg(m::text, ' ' order by m.roleid, m.member, m.grantor) from pg_auth_members m),
       (select string_agg(f.oid || ':' || f.xmin, ' ' order by f.oid) from pg_foreign_server f),
       (select string_agg(r.rolname, ' ' order by r.rolname) from pg_roles r where r.rolsuper or not r.rolinherit))) as ground;
