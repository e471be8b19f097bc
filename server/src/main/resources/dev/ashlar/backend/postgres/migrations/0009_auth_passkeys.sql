-- What passkeys (WebAuthn) need, beyond the layout that existing migrations expect.

select set_config('role', current_setting('ashlar.auth_role'), true);

create table auth.webauthn_credentials (
  id              uuid primary key,
  user_id         uuid not null references auth.users on delete cascade,
  credential_id   text not null unique,
  public_key      text not null,
  aaguid          uuid not null,
  sign_count      bigint not null,
  transports      text[] not null,
  backup_eligible boolean not null,
  backed_up       boolean not null,
  friendly_name   text,
  created_at      timestamptz not null,
  updated_at      timestamptz not null,
  last_used_at    timestamptz
);
comment on table auth.webauthn_credentials is 'Passkeys: public keys that people sign in with.';
comment on column auth.webauthn_credentials.credential_id is 'The authenticator''s name for it, in base64url.';
comment on column auth.webauthn_credentials.public_key is 'COSE key (RFC 9052) in base64url.';
comment on column auth.webauthn_credentials.sign_count is 'The highest signature counter seen; 0 where there is none.';
create index webauthn_credentials_user_id_idx on auth.webauthn_credentials (user_id, created_at);

create table auth.webauthn_challenges (
  id             uuid primary key,
  ceremony       text not null check (ceremony in ('registration', 'authentication')),
  user_id        uuid references auth.users on delete cascade,
  challenge_hash text not null,
  created_at     timestamptz not null,
  expires_at     timestamptz not null
);
comment on table auth.webauthn_challenges is 'What authenticators are asked to sign; each is good for one answer.';
comment on column auth.webauthn_challenges.user_id is 'Who registers; NULL while nobody knows who will sign in.';
comment on column auth.webauthn_challenges.challenge_hash is 'SHA-256 of the challenge in base64url, in hex.';
create index webauthn_challenges_expires_at_idx on auth.webauthn_challenges (expires_at);
create index webauthn_challenges_user_id_idx on auth.webauthn_challenges (user_id);

alter table auth.webauthn_credentials enable row level security;
alter table auth.webauthn_challenges enable row level security;

reset role;
