-- Ownership, schemas and the place where extensions live.

do $$
declare
  house constant text := current_setting('ashlar.house_role');
begin
  execute format('grant usage, create on schema ashlar to %I', house);
  if house <> current_user then
    execute format('alter database %I owner to %I', current_database(), house);
    execute format('alter schema public owner to %I', house);
  end if;

  -- Since PostgreSQL 15 this is so by itself; 14 still lets everybody create.
  begin
    revoke create on schema public from public;
    grant usage on schema public to anon, authenticated, service_role;
  exception when insufficient_privilege then
    raise warning 'schema public belongs to somebody else: its rights were left as they are';
  end;

  create schema if not exists extensions;
  execute format('grant all on schema extensions to %I with grant option', house);
  grant usage on schema extensions to anon, authenticated, service_role;

  begin
    execute format('alter database %I set search_path = "$user", public, extensions', current_database());
  exception when insufficient_privilege then
    raise warning 'the search_path of database % could not be set', current_database()
      using hint = 'Let its owner run: ALTER DATABASE … SET search_path = "$user", public, extensions';
  end;
end $$;

create extension if not exists pgcrypto with schema extensions;
create extension if not exists "uuid-ossp" with schema extensions;

-- Schemas that the data API serves. New tables in them are closed (0005_exposure.sql).
create table ashlar.exposed_schema (name text primary key);
insert into ashlar.exposed_schema values ('public');

do $$ begin
  execute format('grant select on ashlar.exposed_schema to %I', current_setting('ashlar.house_role'));
end $$;
