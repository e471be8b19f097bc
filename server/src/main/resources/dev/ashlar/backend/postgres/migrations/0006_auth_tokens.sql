-- What the chained audit log and sign-outs with immediate effect need, beyond the layout that existing migrations
-- expect.

select set_config('role', current_setting('ashlar.auth_role'), true);

-- The chain has an order of its own: transactions commit in another order than they take numbers of `sequence`.
alter table auth.audit_log_entries add column chain_position bigint unique;
comment on column auth.audit_log_entries.chain_position is 'The place in the chain, from 1 without gaps; empty until the row is sealed.';
comment on column auth.audit_log_entries.hash is
  'SHA-256 over previous_hash and this row; empty until the row is sealed, soon after its transaction.';
create index audit_log_entries_unsealed_idx on auth.audit_log_entries (sequence) where hash is null;
create index audit_log_entries_created_at_idx on auth.audit_log_entries (created_at);

create table auth.audit_anchors (
  kind           text primary key check (kind in ('head', 'pruned')),
  chain_position bigint not null,
  hash           text not null,
  seal           text not null,
  updated_at     timestamptz not null
);
comment on table auth.audit_anchors is
  'Where the chain of auth.audit_log_entries ends, and where it begins since older rows were pruned; sealed by the server.';

-- Sessions and accounts whose access tokens end before their time. Rows go when the last such token has expired.
create table auth.revocations (
  id         uuid not null,
  revoked_at timestamptz not null default clock_timestamp(),
  primary key (id, revoked_at)
);
comment on table auth.revocations is 'Ids of sessions and accounts whose access tokens are no longer good.';
create index revocations_revoked_at_idx on auth.revocations (revoked_at);

alter table auth.audit_anchors enable row level security;
alter table auth.revocations enable row level security;

-- By triggers, so that nothing is forgotten: also what a foreign key deletes, or a person by hand.
create function auth.revoke_sessions() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  insert into auth.revocations (id) select id from gone on conflict do nothing;
  if found then
    perform pg_notify('ashlar_auth', '');
  end if;
  return null;
end $$;
create trigger sessions_deleted after delete on auth.sessions
  referencing old table as gone for each statement execute function auth.revoke_sessions();

create function auth.revoke_ended_session() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  insert into auth.revocations (id) values (new.id) on conflict do nothing;
  perform pg_notify('ashlar_auth', '');
  return null;
end $$;
create trigger session_ended after update of not_after on auth.sessions
  for each row when (new.not_after is distinct from old.not_after and new.not_after <= new.updated_at)
  execute function auth.revoke_ended_session();

create function auth.revoke_account() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  insert into auth.revocations (id) values (old.id) on conflict do nothing;
  perform pg_notify('ashlar_auth', '');
  return null;
end $$;
create trigger account_deleted after delete on auth.users for each row execute function auth.revoke_account();
create trigger account_closed after update of banned_until, deleted_at on auth.users
  for each row when ((new.deleted_at is not null and old.deleted_at is null)
    or (new.banned_until is distinct from old.banned_until and new.banned_until > now()))
  execute function auth.revoke_account();

revoke execute on function auth.revoke_sessions(), auth.revoke_ended_session(), auth.revoke_account() from public;

reset role;
