-- wrong: row-level security was switched off while something was being tried, and stayed off
-- expect: rls_disabled public.notes
create table notes (id bigint generated always as identity primary key, user_id uuid not null references auth.users, body text);
create index on notes (user_id);
create policy own on notes to authenticated using (user_id = (select auth.uid()));
drop policy own on notes;
alter table notes disable row level security;
