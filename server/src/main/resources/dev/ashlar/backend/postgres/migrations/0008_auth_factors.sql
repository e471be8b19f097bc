-- What second factors need, beyond the layout that existing migrations expect.

select set_config('role', current_setting('ashlar.auth_role'), true);

-- Two people may ask for a challenge in the same microsecond.
alter table auth.mfa_factors drop constraint mfa_factors_last_challenged_at_key;
alter table auth.mfa_factors add column last_totp_step bigint;
comment on column auth.mfa_factors.secret is 'Of an authenticator app, sealed under the secret of the server.';
comment on column auth.mfa_factors.last_totp_step is 'The time step of the last code that was taken: it and those before are used up.';
comment on column auth.mfa_challenges.otp_code is 'HMAC of the code that was sent.';
create index sessions_factor_id_idx on auth.sessions (factor_id) where factor_id is not null;

create table auth.mfa_failures (
  user_id  uuid primary key references auth.users on delete cascade,
  failures integer not null,
  since    timestamptz not null
);
comment on table auth.mfa_failures is 'Wrong answers of an account, whichever factor they were meant for.';

create table auth.mfa_recovery_sets (
  user_id       uuid primary key references auth.users on delete cascade,
  id            uuid not null unique,
  friendly_name text,
  created_at    timestamptz not null
);
comment on table auth.mfa_recovery_sets is 'The recovery codes of an account, as a whole.';

create table auth.mfa_recovery_codes (
  set_id    uuid not null references auth.mfa_recovery_sets (id) on delete cascade,
  code_hash text not null,
  used_at   timestamptz,
  primary key (set_id, code_hash)
);
comment on column auth.mfa_recovery_codes.code_hash is 'HMAC of the code under a key of the server.';

alter table auth.mfa_failures enable row level security;
alter table auth.mfa_recovery_sets enable row level security;
alter table auth.mfa_recovery_codes enable row level security;

reset role;
