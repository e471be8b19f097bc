-- wrong: good policies, but row-level security was switched off
-- expect: policy_without_rls|rls_disabled public.diary
create table diary (id uuid primary key default gen_random_uuid(), author uuid not null references auth.users, entry text);
create index on diary (author);
create policy mine on diary to authenticated using (author = (select auth.uid())) with check (author = (select auth.uid()));
alter table diary disable row level security;
