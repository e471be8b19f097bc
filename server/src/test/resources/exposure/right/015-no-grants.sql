-- right: a table for the server alone: no grants to callers
create table stripe_events (id text primary key, payload jsonb not null);
revoke all on stripe_events from anon, authenticated;
