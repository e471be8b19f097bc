-- wrong: private messages are readable by every account
-- expect: others_rows_readable|policy_always_true public.direct_messages authenticated
create table direct_messages (id uuid primary key default gen_random_uuid(), sender_id uuid not null references auth.users,
  recipient_id uuid not null references auth.users, body text not null, sent_at timestamptz default now());
create index on direct_messages (sender_id);
create policy reading on direct_messages for select to authenticated using (true);
create policy sending on direct_messages for insert to authenticated with check (sender_id = (select auth.uid()));
