-- Sign-in with foreign providers: what is under way, and providers that admins have added.

select set_config('role', current_setting('ashlar.auth_role'), true);

create table auth.oauth_states (
  state_hash    text primary key,
  provider      text not null,
  redirect_to   text,
  flow_state_id uuid references auth.flow_state on delete cascade,
  linking_user  uuid references auth.users on delete cascade,
  sealed        text not null,
  created_at    timestamptz not null
);
comment on table auth.oauth_states is 'People who are at a foreign provider at the moment; a row goes when they come back.';
comment on column auth.oauth_states.state_hash is 'SHA-256 of the state parameter, in hex.';
comment on column auth.oauth_states.linking_user is 'The account that the identity is to be added to, when it is.';
comment on column auth.oauth_states.sealed is 'PKCE verifier and nonce towards the provider, sealed under the secret of the server.';
create index oauth_states_created_at_idx on auth.oauth_states (created_at);
create index oauth_states_flow_state_id_idx on auth.oauth_states (flow_state_id);
create index oauth_states_linking_user_idx on auth.oauth_states (linking_user);

comment on column auth.flow_state.provider_access_token is
  'What the provider gave for the client, sealed under the secret of the server; goes when it is handed over.';

create table auth.custom_providers (
  id            uuid primary key,
  identifier    text not null unique,
  provider_type text not null check (provider_type in ('oauth2', 'oidc')),
  definition    jsonb not null,
  client_secret text not null,
  enabled       boolean not null default true,
  created_at    timestamptz not null,
  updated_at    timestamptz not null
);
comment on table auth.custom_providers is 'Foreign providers that admins have added, used as custom:NAME.';
comment on column auth.custom_providers.client_secret is 'Sealed under the secret of the server.';

alter table auth.oauth_states enable row level security;
alter table auth.custom_providers enable row level security;

-- An address that was confirmed at sign-up, without asking, was proved by nobody: from now on such identities say so.
update auth.identities i
set identity_data = jsonb_set(i.identity_data, '{email_verified}', 'false')
from auth.users u
where u.id = i.user_id and i.provider = 'email' and u.email_confirmed_at = u.created_at
  and i.identity_data ->> 'email_verified' = 'true';

reset role;
