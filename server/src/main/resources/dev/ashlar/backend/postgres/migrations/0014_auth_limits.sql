-- Limits that all nodes share.

select set_config('role', current_setting('ashlar.auth_role'), true);

-- Unlogged: each attempt writes here, and a crash of the server may well be forgiving.
create unlogged table auth.rate_limits (
  key     text primary key,
  step    interval not null,
  full_at timestamptz not null
) with (fillfactor = 50);
comment on table auth.rate_limits is
  'Token buckets, each as the moment at which it will be full again. A row whose moment has passed says nothing.';
comment on column auth.rate_limits.key is 'HMAC of what is counted under a key of the server.';
comment on column auth.rate_limits.step is 'How long the bucket takes to gain one token.';

create table auth.known_networks (
  key     text primary key,
  user_id uuid not null references auth.users on delete cascade,
  seen_at timestamptz not null
);
comment on table auth.known_networks is
  'From where accounts have signed in: strangers do not use up what is left for attempts from there.';
comment on column auth.known_networks.key is 'HMAC of the account and the network under a key of the server.';
create index known_networks_user_id_idx on auth.known_networks (user_id);
create index known_networks_seen_at_idx on auth.known_networks (seen_at);

-- Not unlogged: no crash gives back attempts at six digits.
drop table auth.mfa_failures;
create table auth.factor_failures (
  user_id uuid not null references auth.users on delete cascade,
  place   text not null,
  full_at timestamptz not null,
  primary key (user_id, place)
);
comment on table auth.factor_failures is
  'Wrong answers of an account, whichever factor they were meant for: when as many may be tried again as at first.';
comment on column auth.factor_failures.place is 'A network from auth.known_networks, or empty for all others together.';

alter table auth.rate_limits enable row level security;
alter table auth.known_networks enable row level security;
alter table auth.factor_failures enable row level security;

reset role;
