-- What this server needs to be an OAuth 2.1 and OpenID Connect provider for other applications.

select set_config('role', current_setting('ashlar.auth_role'), true);

create table auth.oauth_clients (
  id                         uuid primary key,
  secret_hash                text,
  registration_type          text not null check (registration_type in ('manual', 'dynamic')),
  name                       text not null,
  redirect_uris              text[] not null check (cardinality(redirect_uris) > 0),
  grant_types                text[] not null,
  scope                      text,
  client_uri                 text,
  logo_uri                   text,
  token_endpoint_auth_method text not null
    check (token_endpoint_auth_method in ('none', 'client_secret_basic', 'client_secret_post')),
  created_at                 timestamptz not null,
  updated_at                 timestamptz not null,
  check ((secret_hash is null) = (token_endpoint_auth_method = 'none'))
);
comment on table auth.oauth_clients is 'Applications of others that may ask for tokens in the name of an account.';
comment on column auth.oauth_clients.secret_hash is 'SHA-256 of the secret in hex; NULL for public clients, which have none.';
create index oauth_clients_created_at_idx on auth.oauth_clients (created_at desc, id);

create table auth.oauth_authorizations (
  id_hash        text primary key,
  client_id      uuid not null references auth.oauth_clients on delete cascade,
  user_id        uuid references auth.users on delete cascade,
  status         text not null default 'pending' check (status in ('pending', 'approved', 'denied')),
  redirect_uri   text not null,
  scope          text not null,
  state          text,
  nonce          text,
  resource       text,
  code_challenge text not null,
  prompt         text not null,
  max_age        bigint,
  created_at     timestamptz not null,
  expires_at     timestamptz not null
);
comment on table auth.oauth_authorizations is
  'Requests of clients that wait for a decision; user_id is whoever picked one up first. id_hash is SHA-256 in hex.';
create index oauth_authorizations_expires_at_idx on auth.oauth_authorizations (expires_at);
create index oauth_authorizations_client_id_idx on auth.oauth_authorizations (client_id);
create index oauth_authorizations_user_id_idx on auth.oauth_authorizations (user_id);

create table auth.oauth_codes (
  code_hash      text primary key,
  client_id      uuid not null references auth.oauth_clients on delete cascade,
  user_id        uuid not null references auth.users on delete cascade,
  redirect_uri   text not null,
  scope          text not null,
  nonce          text,
  resource       text,
  code_challenge text not null,
  aal            auth.aal_level not null,
  authenticated  jsonb not null,
  expires_at     timestamptz not null,
  used_at        timestamptz,
  session_id     uuid
);
comment on table auth.oauth_codes is
  'Codes by their SHA-256 in hex. Used ones are kept for a while: one that comes back ends the session begun with it.';
comment on column auth.oauth_codes.authenticated is 'How and when the person had signed in who approved.';
create index oauth_codes_expires_at_idx on auth.oauth_codes (expires_at);
create index oauth_codes_client_id_idx on auth.oauth_codes (client_id);
create index oauth_codes_user_id_idx on auth.oauth_codes (user_id);

create table auth.oauth_consents (
  user_id    uuid not null references auth.users on delete cascade,
  client_id  uuid not null references auth.oauth_clients on delete cascade,
  scope      text not null,
  granted_at timestamptz not null,
  primary key (user_id, client_id)
);
comment on table auth.oauth_consents is 'What people have allowed clients, until they take it back.';
create index oauth_consents_client_id_idx on auth.oauth_consents (client_id);

alter table auth.sessions
  add column oauth_client_id uuid references auth.oauth_clients on delete cascade,
  add column oauth_scope     text,
  add column oauth_resource  text;
comment on column auth.sessions.oauth_client_id is 'The client that the session was given to; NULL for the person''s own.';
create index sessions_oauth_client_id_idx on auth.sessions (oauth_client_id) where oauth_client_id is not null;

alter table auth.oauth_clients enable row level security;
alter table auth.oauth_authorizations enable row level security;
alter table auth.oauth_codes enable row level security;
alter table auth.oauth_consents enable row level security;

reset role;
