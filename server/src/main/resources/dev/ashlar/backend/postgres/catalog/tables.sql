-- Everything that can be read like a table, with the roles this login can become that may read some column of it,
-- and those that may read all.
-- Bits of pg_relation_is_updatable: 4 update, 8 insert, 16 delete; INSTEAD OF triggers count. It opens the view and its
-- tables, and would wait for whoever has one of them locked: meanwhile a view is taken to allow all, and the change of
-- schema behind the lock brings the next load.
with exposed as (
  select n.oid, n.nspname from pg_namespace n where n.nspname = any (?)
), roles as materialized (
  select r.oid, r.rolname from pg_roles r
  where r.rolname !~ '^pg_'
    and case when current_setting('server_version_num')::int >= 160000
             then pg_has_role(session_user, r.oid, 'SET') else pg_has_role(session_user, r.oid, 'MEMBER') end
), visitors as materialized (
  select e.oid as schema, r.oid, r.rolname
  from exposed e cross join roles r where has_schema_privilege(r.oid, e.oid, 'USAGE')
)
select c.oid, e.nspname, c.relname, c.relkind, d.description,
       case when c.relkind in ('r', 'p') then 28
            when c.relkind = 'm' then 0
            when (select exists (select from pg_locks l where l.mode = 'AccessExclusiveLock' and l.granted
                                   and l.relation >= 16384 and l.pid <> pg_backend_pid())) then 28
            else pg_relation_is_updatable(c.oid, true) end as writes,
       array(select v.rolname from visitors v
             where v.schema = c.relnamespace and has_any_column_privilege(v.oid, c.oid, 'SELECT')) as readers,
       array(select v.rolname from visitors v
             where v.schema = c.relnamespace and has_table_privilege(v.oid, c.oid, 'SELECT')) as full_readers
from pg_class c
join exposed e on e.oid = c.relnamespace
left join pg_description d on d.objoid = c.oid and d.classoid = 'pg_class'::regclass and d.objsubid = 0
where c.relkind in ('r', 'p', 'v', 'm', 'f')
order by e.nspname, c.relname;
