-- What codes and links in messages need, beyond the layout that existing migrations expect.

select set_config('role', current_setting('ashlar.auth_role'), true);

-- A code is made when it is given out, and only its hash is kept.
alter table auth.flow_state alter column auth_code drop not null;
comment on column auth.flow_state.auth_code is 'SHA-256 of the code in hex; NULL until one is given out.';
create unique index flow_state_auth_code_unique on auth.flow_state (auth_code);

-- One row holds both ways to use it: the token of a link, and the short code beside it.
alter table auth.one_time_tokens
  add column code_hash     text,
  add column attempts      smallint not null default 0,
  add column expires_at    timestamptz,
  add column flow_state_id uuid references auth.flow_state on delete set null;
comment on column auth.one_time_tokens.token_hash is 'SHA-256 of the token of the link, in hex.';
comment on column auth.one_time_tokens.code_hash is
  'HMAC of the code under a key of the server; NULL once it was guessed at too often.';
create unique index one_time_tokens_token_hash_unique on auth.one_time_tokens (token_hash);

create table auth.code_failures (
  user_id  uuid primary key references auth.users on delete cascade,
  failures integer not null,
  since    timestamptz not null
);
comment on table auth.code_failures is 'Wrong codes of an account, whichever code they were meant for.';

create table auth.message_pace (
  address text primary key,
  sent_at timestamptz not null
);
comment on table auth.message_pace is
  'When an address was last asked a message for, known here or not: HMAC of kind and address.';
create index message_pace_sent_at_idx on auth.message_pace (sent_at);

create table auth.outbox (
  id              uuid primary key,
  about           uuid,
  content         text not null,
  attempts        integer not null default 0,
  created_at      timestamptz not null,
  next_attempt_at timestamptz not null
);
comment on table auth.outbox is 'Mail to be sent, sealed under the secret of the server.';
create index outbox_next_attempt_at_idx on auth.outbox (next_attempt_at);

create table auth.inbox (
  id         uuid primary key,
  content    text not null,
  created_at timestamptz not null
);
comment on table auth.inbox is 'In development: messages that are shown instead of sent, sealed.';
create index inbox_created_at_idx on auth.inbox (created_at desc);

alter table auth.code_failures enable row level security;
alter table auth.message_pace enable row level security;
alter table auth.outbox enable row level security;
alter table auth.inbox enable row level security;

-- Hashes of other systems carry long parameters.
alter table auth.users alter column encrypted_password type text;
comment on column auth.users.encrypted_password is
  'Argon2id in PHC form; bcrypt, scrypt or another Argon2 where an account was imported, until its next sign-in.';

reset role;
