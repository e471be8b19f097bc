-- Sign-in with a wallet: messages that were used.

select set_config('role', current_setting('ashlar.auth_role'), true);

create table auth.web3_messages (
  message_hash text primary key,
  expires_at   timestamptz not null
);
comment on table auth.web3_messages is 'Messages of wallets that have opened a session; kept for as long as they could open another.';
comment on column auth.web3_messages.message_hash is 'SHA-256 of chain and message, in hex.';
create index web3_messages_expires_at_idx on auth.web3_messages (expires_at);

alter table auth.web3_messages enable row level security;

reset role;
