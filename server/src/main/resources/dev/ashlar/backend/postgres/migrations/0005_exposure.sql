-- Closed until opened: what appears in an exposed schema gets row-level security by itself, and whoever serves it
-- hears of every change of schema. Event triggers need a superuser; without one neither the triggers nor the open
-- default rights are made, so that a table is then closed for want of a GRANT.

-- What was seen before, so that a later `DISABLE ROW LEVEL SECURITY` or GRANT, which is somebody's decision, stands.
create table ashlar.guarded_relation (
  relation oid primary key,
  invoker  boolean not null default true
);
comment on column ashlar.guarded_relation.invoker is
  'False for a view that reads with its owner''s rights, past the row-level security of its tables.';

insert into ashlar.guarded_relation (relation)
select c.oid from pg_class c
where c.relkind in ('r', 'p', 'v', 'm', 'f') and c.relnamespace in (
  select n.oid from pg_namespace n join ashlar.exposed_schema e on e.name = n.nspname);

-- Runs as its owner, since the one who creates a table has no rights on schema ashlar. Only names that the catalog
-- quotes itself (regclass with an empty search_path) become part of a statement.
create function ashlar.guard(relation oid) returns void
language plpgsql security definer set search_path = '' as $$
declare
  class record;
  now_invoker boolean;
  was_invoker boolean;
begin
  select c.relkind, c.relrowsecurity, c.oid::regclass as name, e.name is not null as exposed,
         coalesce((select o.option_value::boolean from pg_catalog.pg_options_to_table(c.reloptions) o
                   where o.option_name = 'security_invoker'), false) as security_invoker
    into class
    from pg_catalog.pg_class c
    join pg_catalog.pg_namespace n on n.oid = c.relnamespace
    left join ashlar.exposed_schema e on e.name = n.nspname
    where c.oid = guard.relation and c.relkind in ('r', 'p', 'v', 'm', 'f') and c.relpersistence <> 't';
  if not found then
    return;
  end if;
  if not class.exposed then
    delete from ashlar.guarded_relation g where g.relation = guard.relation;
    return;
  end if;

  now_invoker := class.relkind in ('r', 'p') or class.relkind = 'v' and class.security_invoker;
  select g.invoker into was_invoker from ashlar.guarded_relation g where g.relation = guard.relation;
  insert into ashlar.guarded_relation as g values (guard.relation, now_invoker)
    on conflict on constraint guarded_relation_pkey do update set invoker = excluded.invoker
    where g.invoker is distinct from excluded.invoker;

  if was_invoker is null and class.relkind in ('r', 'p') and not class.relrowsecurity then
    execute pg_catalog.format('alter table %s enable row level security', class.name);
  elsif not now_invoker and was_invoker is distinct from false then
    -- New, or it was safe before: CREATE OR REPLACE VIEW drops security_invoker unless it is written again.
    execute pg_catalog.format('revoke all on %s from anon, authenticated', class.name);
    raise notice '% shows rows past row-level security, so it was granted to nobody', class.name
      using hint = case class.relkind
        when 'v' then 'Create the view WITH (security_invoker = true), or GRANT SELECT on it to those who may see all of it.'
        else 'GRANT SELECT on it to those who may see all of it.' end;
  end if;
end $$;
revoke execute on function ashlar.guard(oid) from public;

create function ashlar.on_ddl() returns event_trigger
language plpgsql security definer set search_path = '' as $$
declare
  command record;
  reload boolean := false;
begin
  for command in select * from pg_catalog.pg_event_trigger_ddl_commands()
  loop
    continue when command.schema_name = 'pg_temp';
    reload := reload or command.command_tag in (
      'CREATE SCHEMA', 'ALTER SCHEMA', 'CREATE TABLE', 'CREATE TABLE AS', 'SELECT INTO', 'ALTER TABLE',
      'CREATE FOREIGN TABLE', 'ALTER FOREIGN TABLE', 'IMPORT FOREIGN SCHEMA', 'CREATE VIEW', 'ALTER VIEW',
      'CREATE MATERIALIZED VIEW', 'ALTER MATERIALIZED VIEW', 'CREATE INDEX', 'CREATE FUNCTION', 'ALTER FUNCTION',
      'CREATE PROCEDURE', 'ALTER PROCEDURE', 'CREATE TRIGGER', 'CREATE RULE', 'CREATE TYPE', 'ALTER TYPE',
      'CREATE DOMAIN', 'ALTER DOMAIN', 'CREATE CAST', 'CREATE EXTENSION', 'ALTER EXTENSION', 'CREATE POLICY',
      'ALTER POLICY', 'COMMENT', 'GRANT', 'REVOKE');
    continue when command.in_extension;
    if command.classid = 'pg_catalog.pg_class'::regclass and command.objsubid = 0 then
      perform ashlar.guard(command.objid);
    elsif command.command_tag = 'ALTER SCHEMA' then
      perform ashlar.guard(c.oid) from pg_catalog.pg_class c where c.relnamespace = command.objid;
    end if;
  end loop;
  if reload then
    perform pg_catalog.pg_notify('pgrst', 'reload schema');
  end if;
end $$;

create function ashlar.on_drop() returns event_trigger
language plpgsql security definer set search_path = '' as $$
begin
  delete from ashlar.guarded_relation g
    using pg_catalog.pg_event_trigger_dropped_objects() d
    where d.classid = 'pg_catalog.pg_class'::regclass and g.relation = d.objid;
  if exists (
    select from pg_catalog.pg_event_trigger_dropped_objects() d
    where not d.is_temporary and d.object_type in (
      'schema', 'table', 'foreign table', 'view', 'materialized view', 'index', 'table column', 'table constraint',
      'function', 'procedure', 'trigger', 'rule', 'type', 'domain', 'cast', 'extension', 'policy'))
  then
    perform pg_catalog.pg_notify('pgrst', 'reload schema');
  end if;
end $$;

do $$
declare
  house constant text := current_setting('ashlar.house_role');
begin
  create event trigger ashlar_on_ddl on ddl_command_end execute function ashlar.on_ddl();
  create event trigger ashlar_on_drop on sql_drop execute function ashlar.on_drop();

  -- Rights are open for rows that policies open. Not TRUNCATE, which no policy can see. Functions are executable by
  -- everybody from the start in PostgreSQL; `REVOKE … FROM PUBLIC` must stay enough to close one.
  execute format('alter default privileges for role %I in schema public
    grant select, insert, update, delete on tables to anon, authenticated', house);
  execute format('alter default privileges for role %I in schema public grant all on tables to service_role', house);
  execute format('alter default privileges for role %I in schema public
    grant usage, select on sequences to anon, authenticated', house);
  execute format('alter default privileges for role %I in schema public grant all on sequences to service_role', house);
  execute format('alter default privileges for role %I in schema public grant execute on functions to service_role',
    house);
exception when insufficient_privilege then
  raise warning 'event triggers need a superuser: new tables are not closed by row-level security of themselves'
    using hint = 'They have no grants either: enable row-level security on each, then grant it. '
      'Schema changes made outside of migrations are seen after NOTIFY pgrst.';
end $$;
