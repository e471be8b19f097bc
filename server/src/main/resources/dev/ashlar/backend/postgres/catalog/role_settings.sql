-- What ALTER ROLE … SET says of the roles that this login can become, as far as the login may set it itself; what is said
-- for this database wins. Parameters unknown to the server that have a dot are the application's own.
with roles as materialized (
  select r.oid, r.rolname from pg_roles r
  where r.rolname !~ '^pg_'
    and case when current_setting('server_version_num')::int >= 160000
             then pg_has_role(session_user, r.oid, 'SET') else pg_has_role(session_user, r.oid, 'MEMBER') end
), told as (
  select r.rolname, s.setdatabase, substr(e.entry, 1, strpos(e.entry, '=') - 1) as name,
         substr(e.entry, strpos(e.entry, '=') + 1) as value
  from pg_db_role_setting s
  join roles r on r.oid = s.setrole
  cross join unnest(s.setconfig) as e (entry)
  where s.setdatabase = 0
     or s.setdatabase = (select d.oid from pg_database d where d.datname = current_database())
)
select distinct on (t.rolname, t.name) t.rolname, t.name, t.value, g.context
from told t
left join pg_settings g on lower(g.name) = lower(t.name)
where t.name not in ('role', 'session_authorization') and t.name not like 'pgrst.%'
  and (g.context in ('user', 'superuser') or g.name is null and strpos(t.name, '.') > 0)
order by t.rolname, t.name, t.setdatabase desc;
