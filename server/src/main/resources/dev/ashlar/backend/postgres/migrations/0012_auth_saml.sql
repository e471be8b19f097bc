-- Single sign-on by SAML: which answers were accepted already, and when metadata was fetched last.

select set_config('role', current_setting('ashlar.auth_role'), true);

create table auth.saml_assertions (
  assertion_hash text primary key,
  expires_at     timestamptz not null
);
comment on table auth.saml_assertions is 'Assertions that were accepted, until they expire: each is good once.';
comment on column auth.saml_assertions.assertion_hash is 'SHA-256 of the issuer, a zero byte and the ID, in hex.';
create index saml_assertions_expires_at_idx on auth.saml_assertions (expires_at);

alter table auth.saml_assertions enable row level security;

alter table auth.saml_providers add column metadata_fetched_at timestamptz;
comment on column auth.saml_providers.metadata_fetched_at is 'When metadata_url was looked at last, with or without success.';

alter table auth.flow_state add column session_not_after timestamptz;
comment on column auth.flow_state.session_not_after is 'When the session ends at the latest, where the identity provider has said so.';

reset role;
