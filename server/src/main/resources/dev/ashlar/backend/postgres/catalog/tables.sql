-- Everything that can be read like a table, with the roles this login can become that may read some column of it,
-- those that may read all, and those that may do anything with it. Partitions are reached through the table that they are part of. Relations of one owner
-- with equal rights are asked about once.
-- Bits of pg_relation_is_updatable: 4 update, 8 insert, 16 delete; INSTEAD OF triggers count. It opens the view and its
-- tables, and would wait for whoever has one of them locked: then NULL says that it is not known.
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
), chosen as materialized (
  select c.oid, e.nspname, c.relname, c.relkind, c.relnamespace, c.relowner, coalesce(c.relacl::text, '') as rights,
         exists (select from pg_attribute a
                 where a.attrelid = c.oid and a.attnum > 0 and a.attacl is not null and not a.attisdropped) as by_column
  from pg_class c
  join exposed e on e.oid = c.relnamespace
  where c.relkind in ('r', 'p', 'v', 'm', 'f') and not c.relispartition
    and (cast(? as oid[]) is null or c.oid = any (cast(? as oid[])))
), alike as materialized (
  select a.relnamespace, a.relowner, a.rights,
         array(select v.rolname from visitors v
               where v.schema = a.relnamespace and has_table_privilege(v.oid, a.oid, 'SELECT')
               order by v.rolname) as readers,
         array(select v.rolname from visitors v
               where v.schema = a.relnamespace
                 and has_table_privilege(v.oid, a.oid, 'SELECT, INSERT, UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER')
               order by v.rolname) as users
  from (select min(c.oid) as oid, c.relnamespace, c.relowner, c.rights from chosen c
        group by c.relnamespace, c.relowner, c.rights) a
)
select c.oid, c.nspname, c.relname, c.relkind, d.description,
       case when c.relkind in ('r', 'p') then 28
            when c.relkind = 'm' then 0
            when (select exists (select from pg_locks l where l.mode = 'AccessExclusiveLock'
                                   and l.database = (select d.oid from pg_database d where d.datname = current_database())
                                   and l.relation >= 16384 and l.pid <> pg_backend_pid())) then null
            else pg_relation_is_updatable(c.oid, true) end as writes,
       case when c.by_column
            then array(select v.rolname from visitors v
                       where v.schema = c.relnamespace and has_any_column_privilege(v.oid, c.oid, 'SELECT')
                       order by v.rolname)
            else a.readers end as readers,
       a.readers as full_readers,
       case when c.by_column
            then array(select v.rolname from visitors v
                       where v.schema = c.relnamespace
                         and (v.rolname = any (a.users)
                              or has_any_column_privilege(v.oid, c.oid, 'SELECT, INSERT, UPDATE, REFERENCES'))
                       order by v.rolname)
            else a.users end as users
from chosen c
join alike a on a.relnamespace = c.relnamespace and a.relowner = c.relowner and a.rights = c.rights
left join pg_description d on d.objoid = c.oid and d.classoid = 'pg_class'::regclass and d.objsubid = 0;
