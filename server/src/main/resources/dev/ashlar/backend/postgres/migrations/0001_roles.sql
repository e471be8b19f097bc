-- The roles every part relies on, by the names that existing migrations use.
--
-- Two settings come with the connection: `ashlar.house_role` owns what the application's own migrations make (embedded:
-- postgres; a database of the user's: whoever DATABASE_URL names), and `ashlar.auth_role` owns schema auth. Passwords
-- are set elsewhere, as SCRAM verifiers, never here.

do $$
declare
  superuser constant boolean := (select rolsuper from pg_roles where rolname = current_user);
  embedded constant boolean := current_setting('ashlar.house_role') <> current_user;
  wanted record;
begin
  for wanted in
    select * from (values
      ('anon', 'nologin noinherit'),
      ('authenticated', 'nologin noinherit'),
      ('service_role', 'nologin noinherit'),
      ('supabase_auth_admin', case when embedded then 'login' else 'nologin' end || ' noinherit'),
      ('supabase_storage_admin', case when embedded then 'login' else 'nologin' end || ' noinherit')
    ) as role(name, attributes)
  loop
    if not exists (select from pg_roles where rolname = wanted.name) then
      execute format('create role %I %s', wanted.name, wanted.attributes);
    end if;
  end loop;

  if embedded then
    if not exists (select from pg_roles where rolname = 'postgres') then
      create role postgres login nosuperuser createdb createrole bypassrls replication;
    end if;
    if not exists (select from pg_roles where rolname = 'authenticator') then
      create role authenticator login noinherit nosuperuser;
    end if;
    grant anon, authenticated, service_role to authenticator;
    grant anon, authenticated, service_role to postgres with admin option;
    -- Policies on storage.objects are part of people's migrations, and only an owner may write them.
    grant supabase_storage_admin to postgres;
  elsif not superuser then
    -- Who made the roles just now may grant them, also to itself; where they were there before, an administrator must.
    for wanted in
      select name from unnest(array['anon', 'authenticated', 'service_role']) as name
      where not pg_has_role(current_user, name, 'member')
        or current_setting('server_version_num')::int >= 160000 and not pg_has_role(current_user, name, 'set')
    loop
      execute format('grant %I to %I', wanted.name, current_user);
    end loop;
  end if;

  begin
    if not (select rolbypassrls from pg_roles where rolname = 'service_role') then
      alter role service_role bypassrls;
    end if;
  exception when insufficient_privilege then
    raise warning 'service_role cannot be made to bypass row-level security'
      using hint = 'Let an administrator run: ALTER ROLE service_role BYPASSRLS';
  end;
end $$;
