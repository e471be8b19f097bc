-- Accounts, sessions and what else signing in needs, laid out as existing migrations expect it (auth.users,
-- auth.identities, auth.sessions, …). Tables belong to the auth domain's own role; callers get none of them.

do $$ begin
  execute format('create schema auth authorization %I', current_setting('ashlar.auth_role'));
end $$;
select set_config('role', current_setting('ashlar.auth_role'), true);

create type auth.aal_level as enum ('aal1', 'aal2', 'aal3');
create type auth.factor_type as enum ('totp', 'webauthn', 'phone');
create type auth.factor_status as enum ('unverified', 'verified');
create type auth.code_challenge_method as enum ('s256', 'plain');
create type auth.one_time_token_type as enum (
  'confirmation_token', 'reauthentication_token', 'recovery_token',
  'email_change_token_new', 'email_change_token_current', 'phone_change_token');

-- ---------------------------------------------------------------------------------------------------------------
-- Accounts
-- ---------------------------------------------------------------------------------------------------------------

create table auth.users (
  instance_id                 uuid,
  id                          uuid not null primary key,
  aud                         varchar(255),
  role                        varchar(255),
  email                       varchar(255),
  encrypted_password          varchar(255),
  email_confirmed_at          timestamptz,
  invited_at                  timestamptz,
  confirmation_token          varchar(255),
  confirmation_sent_at        timestamptz,
  recovery_token              varchar(255),
  recovery_sent_at            timestamptz,
  email_change_token_new      varchar(255),
  email_change                varchar(255),
  email_change_sent_at        timestamptz,
  last_sign_in_at             timestamptz,
  raw_app_meta_data           jsonb,
  raw_user_meta_data          jsonb,
  is_super_admin              boolean,
  created_at                  timestamptz,
  updated_at                  timestamptz,
  phone                       text unique default null,
  phone_confirmed_at          timestamptz,
  phone_change                text default '',
  phone_change_token          varchar(255) default '',
  phone_change_sent_at        timestamptz,
  confirmed_at                timestamptz generated always as (least(email_confirmed_at, phone_confirmed_at)) stored,
  email_change_token_current  varchar(255) default '',
  email_change_confirm_status smallint default 0 check (email_change_confirm_status between 0 and 2),
  banned_until                timestamptz,
  reauthentication_token      varchar(255) default '',
  reauthentication_sent_at    timestamptz,
  is_sso_user                 boolean not null default false,
  deleted_at                  timestamptz,
  is_anonymous                boolean not null default false
);
comment on table auth.users is 'Who may sign in.';
comment on column auth.users.encrypted_password is 'Argon2id in PHC form; bcrypt where an account was imported.';
comment on column auth.users.is_sso_user is 'Several accounts of single sign-on may share an address; all others may not.';

create unique index users_email_partial_key on auth.users (email) where is_sso_user = false;
create index users_instance_id_idx on auth.users (instance_id);
create index users_instance_id_email_idx on auth.users (instance_id, lower(email));
create index users_is_anonymous_idx on auth.users (is_anonymous);
-- A token that is set is unique; '' and digits-only codes are not tokens that travel alone.
create unique index confirmation_token_idx on auth.users (confirmation_token) where confirmation_token !~ '^[0-9 ]*$';
create unique index recovery_token_idx on auth.users (recovery_token) where recovery_token !~ '^[0-9 ]*$';
create unique index email_change_token_new_idx on auth.users (email_change_token_new)
  where email_change_token_new !~ '^[0-9 ]*$';
create unique index email_change_token_current_idx on auth.users (email_change_token_current)
  where email_change_token_current !~ '^[0-9 ]*$';
create unique index reauthentication_token_idx on auth.users (reauthentication_token)
  where reauthentication_token !~ '^[0-9 ]*$';

create table auth.identities (
  provider_id     text not null,
  user_id         uuid not null references auth.users on delete cascade,
  identity_data   jsonb not null,
  provider        text not null,
  last_sign_in_at timestamptz,
  created_at      timestamptz,
  updated_at      timestamptz,
  email           text generated always as (lower(identity_data ->> 'email')) stored,
  id              uuid not null primary key default gen_random_uuid(),
  unique (provider_id, provider)
);
comment on table auth.identities is 'The ways an account can sign in, one row per provider.';
create index identities_user_id_idx on auth.identities (user_id);
create index identities_email_idx on auth.identities (email text_pattern_ops);

-- ---------------------------------------------------------------------------------------------------------------
-- Sessions
-- ---------------------------------------------------------------------------------------------------------------

create table auth.sessions (
  id           uuid not null primary key,
  user_id      uuid not null references auth.users on delete cascade,
  created_at   timestamptz,
  updated_at   timestamptz,
  factor_id    uuid,
  aal          auth.aal_level,
  not_after    timestamptz,
  refreshed_at timestamp,
  user_agent   text,
  ip           inet,
  tag          text
);
comment on column auth.sessions.not_after is 'The session ends at this time whatever happens.';
create index sessions_user_id_idx on auth.sessions (user_id);
create index sessions_not_after_idx on auth.sessions (not_after desc);
create index user_id_created_at_idx on auth.sessions (user_id, created_at);

create table auth.refresh_tokens (
  instance_id uuid,
  id          bigserial primary key,
  token       varchar(255) not null unique,
  user_id     varchar(255),
  revoked     boolean,
  created_at  timestamptz,
  updated_at  timestamptz,
  parent      varchar(255),
  session_id  uuid references auth.sessions on delete cascade
);
comment on column auth.refresh_tokens.token is 'SHA-256 of the token, in hex: the token itself is never stored.';
comment on column auth.refresh_tokens.parent is 'The hash in `token` of the row that this one replaced.';
create index refresh_tokens_instance_id_user_id_idx on auth.refresh_tokens (instance_id, user_id);
create index refresh_tokens_parent_idx on auth.refresh_tokens (parent);
create index refresh_tokens_session_id_revoked_idx on auth.refresh_tokens (session_id, revoked);
create index refresh_tokens_updated_at_idx on auth.refresh_tokens (updated_at desc);

create table auth.one_time_tokens (
  id         uuid primary key,
  user_id    uuid not null references auth.users on delete cascade,
  token_type auth.one_time_token_type not null,
  token_hash text not null check (char_length(token_hash) > 0),
  relates_to text not null,
  created_at timestamp not null default now(),
  updated_at timestamp not null default now(),
  unique (user_id, token_type)
);
create index one_time_tokens_token_hash_idx on auth.one_time_tokens using hash (token_hash);
create index one_time_tokens_relates_to_idx on auth.one_time_tokens using hash (relates_to);

create table auth.flow_state (
  id                     uuid primary key,
  user_id                uuid references auth.users on delete cascade,
  auth_code              text not null,
  code_challenge_method  auth.code_challenge_method not null,
  code_challenge         text not null,
  provider_type          text not null,
  provider_access_token  text,
  provider_refresh_token text,
  created_at             timestamptz,
  updated_at             timestamptz,
  authentication_method  text not null,
  auth_code_issued_at    timestamptz
);
comment on table auth.flow_state is 'PKCE: a code given out, to be exchanged once.';
create index flow_state_auth_code_idx on auth.flow_state (auth_code);
create index flow_state_user_id_method_idx on auth.flow_state (user_id, authentication_method);
create index flow_state_created_at_idx on auth.flow_state (created_at desc);

-- ---------------------------------------------------------------------------------------------------------------
-- Second factors
-- ---------------------------------------------------------------------------------------------------------------

create table auth.mfa_factors (
  id                        uuid primary key,
  user_id                   uuid not null references auth.users on delete cascade,
  friendly_name             text,
  factor_type               auth.factor_type not null,
  status                    auth.factor_status not null,
  created_at                timestamptz not null,
  updated_at                timestamptz not null,
  secret                    text,
  phone                     text,
  last_challenged_at        timestamptz unique,
  web_authn_credential      jsonb,
  web_authn_aaguid          uuid,
  last_webauthn_challenge_data jsonb
);
create unique index mfa_factors_user_friendly_name_unique on auth.mfa_factors (friendly_name, user_id)
  where btrim(friendly_name) <> '';
create index mfa_factors_user_id_idx on auth.mfa_factors (user_id);
create index factor_id_created_at_idx on auth.mfa_factors (user_id, created_at);
create unique index unique_phone_factor_per_user on auth.mfa_factors (user_id, phone);

create table auth.mfa_challenges (
  id                     uuid primary key,
  factor_id              uuid not null references auth.mfa_factors on delete cascade,
  created_at             timestamptz not null,
  verified_at            timestamptz,
  ip_address             inet not null,
  otp_code               text,
  web_authn_session_data jsonb
);
create index mfa_challenge_created_at_idx on auth.mfa_challenges (created_at desc);
create index mfa_challenges_factor_id_idx on auth.mfa_challenges (factor_id);

create table auth.mfa_amr_claims (
  session_id            uuid not null references auth.sessions on delete cascade,
  created_at            timestamptz not null,
  updated_at            timestamptz not null,
  authentication_method text not null,
  id                    uuid not null primary key,
  unique (session_id, authentication_method)
);

-- ---------------------------------------------------------------------------------------------------------------
-- Single sign-on
-- ---------------------------------------------------------------------------------------------------------------

create table auth.sso_providers (
  id          uuid primary key,
  resource_id text check (resource_id is null or char_length(resource_id) > 0),
  created_at  timestamptz,
  updated_at  timestamptz,
  disabled    boolean
);
create unique index sso_providers_resource_id_idx on auth.sso_providers (lower(resource_id));

create table auth.sso_domains (
  id              uuid primary key,
  sso_provider_id uuid not null references auth.sso_providers on delete cascade,
  domain          text not null check (char_length(domain) > 0),
  created_at      timestamptz,
  updated_at      timestamptz
);
create unique index sso_domains_domain_idx on auth.sso_domains (lower(domain));
create index sso_domains_sso_provider_id_idx on auth.sso_domains (sso_provider_id);

create table auth.saml_providers (
  id                uuid primary key,
  sso_provider_id   uuid not null references auth.sso_providers on delete cascade,
  entity_id         text not null unique check (char_length(entity_id) > 0),
  metadata_xml      text not null check (char_length(metadata_xml) > 0),
  metadata_url      text check (metadata_url is null or char_length(metadata_url) > 0),
  attribute_mapping jsonb,
  created_at        timestamptz,
  updated_at        timestamptz,
  name_id_format    text
);
create index saml_providers_sso_provider_id_idx on auth.saml_providers (sso_provider_id);

create table auth.saml_relay_states (
  id              uuid primary key,
  sso_provider_id uuid not null references auth.sso_providers on delete cascade,
  request_id      text not null check (char_length(request_id) > 0),
  for_email       text,
  redirect_to     text,
  created_at      timestamptz,
  updated_at      timestamptz,
  flow_state_id   uuid references auth.flow_state on delete cascade
);
create index saml_relay_states_sso_provider_id_idx on auth.saml_relay_states (sso_provider_id);
create index saml_relay_states_for_email_idx on auth.saml_relay_states (for_email);
create index saml_relay_states_flow_state_id_idx on auth.saml_relay_states (flow_state_id);
create index saml_relay_states_created_at_idx on auth.saml_relay_states (created_at desc);

-- ---------------------------------------------------------------------------------------------------------------
-- Audit and signing keys
-- ---------------------------------------------------------------------------------------------------------------

create table auth.audit_log_entries (
  instance_id   uuid,
  id            uuid not null primary key,
  payload       json,
  created_at    timestamptz,
  ip_address    varchar(64) not null default '',
  sequence      bigint generated always as identity unique,
  previous_hash bytea,
  hash          bytea unique
);
comment on column auth.audit_log_entries.hash is
  'For SHA-256 over previous_hash and this row, once the log is chained; empty until then.';
create index audit_logs_instance_id_idx on auth.audit_log_entries (instance_id);

create table auth.signing_keys (
  kid          text primary key,
  algorithm    text not null check (algorithm in ('HS256', 'ES256', 'RS256', 'EdDSA')),
  status       text not null default 'standby' check (status in ('standby', 'current', 'previous', 'revoked')),
  public_jwk   jsonb,
  private_jwk  text,
  created_at   timestamptz not null default now(),
  activated_at timestamptz,
  retired_at   timestamptz
);
comment on table auth.signing_keys is 'Keys of access tokens. Nobody but the auth domain reads it.';
create unique index signing_keys_one_current on auth.signing_keys (status) where status = 'current';

-- ---------------------------------------------------------------------------------------------------------------
-- What policies ask: who is calling? In a policy write `(select auth.uid())`, so that it is worked out once a
-- statement and not once a row.
-- ---------------------------------------------------------------------------------------------------------------

create function auth.jwt() returns jsonb language sql stable as $$
  select nullif(current_setting('request.jwt.claims', true), '')::jsonb
$$;
create function auth.uid() returns uuid language sql stable as $$
  select nullif(nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'sub', '')::uuid
$$;
create function auth.role() returns text language sql stable as $$
  select nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'role'
$$;
create function auth.email() returns text language sql stable as $$
  select nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'email'
$$;
comment on function auth.jwt() is 'The claims of the caller''s access token; NULL without one.';
comment on function auth.uid() is 'The caller''s account (claim sub); NULL for anonymous callers.';
comment on function auth.role() is 'The claim role: anon, authenticated, service_role or one of yours.';
comment on function auth.email() is 'The claim email. Prefer auth.uid(): addresses change.';

-- ---------------------------------------------------------------------------------------------------------------
-- Rights
-- ---------------------------------------------------------------------------------------------------------------

grant usage on schema auth to anon, authenticated, service_role;
grant execute on function auth.jwt(), auth.uid(), auth.role(), auth.email() to anon, authenticated, service_role;

-- A second lock behind the missing grants: the owner passes it, no caller does.
do $$
declare
  house constant text := current_setting('ashlar.house_role');
  auth_table record;
begin
  for auth_table in select oid::regclass as name from pg_class where relnamespace = 'auth'::regnamespace and relkind = 'r'
  loop
    execute format('alter table %s enable row level security', auth_table.name);
    if house <> current_user and auth_table.name <> 'auth.signing_keys'::regclass then
      execute format('grant select, references, trigger on %s to %I', auth_table.name, house);
    end if;
  end loop;
  if house <> current_user then
    execute format('grant usage on schema auth to %I', house);
    -- Seeds make accounts of their own.
    execute format('grant insert, update, delete on auth.users, auth.identities to %I', house);
  end if;
end $$;

reset role;
