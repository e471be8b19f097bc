-- wrong: the partitioned table is protected, one of its partitions is not
-- expect: rls_disabled|anonymous_read public.events_2025
create table events (id bigint, user_id uuid, at date not null, what text, primary key (id, at)) partition by range (at);
create policy own on events to authenticated using (user_id = (select auth.uid()));
create table events_2024 partition of events for values from ('2024-01-01') to ('2025-01-01');
create table events_2025 partition of events for values from ('2025-01-01') to ('2026-01-01');
alter table events_2025 disable row level security;
