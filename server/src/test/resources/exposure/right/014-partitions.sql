-- right: all partitions are closed, the parent has the policy
create table events (id bigint, user_id uuid not null, at date not null, what text, primary key (id, at)) partition by range (at);
create index on events (user_id);
create policy own on events to authenticated using (user_id = (select auth.uid()));
create table events_2025 partition of events for values from ('2025-01-01') to ('2026-01-01');
create table events_2026 partition of events for values from ('2026-01-01') to ('2027-01-01');
