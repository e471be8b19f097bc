-- wrong: a caller's role passes by row-level security
-- as: superuser
-- roles: corpus_dashboard
-- expect: role_bypasses_rls *
create role corpus_dashboard nologin bypassrls;
grant usage on schema public to corpus_dashboard;
create table public.metrics (id int primary key, user_id uuid references auth.users, value int);
create index on public.metrics (user_id);
create policy own on public.metrics to authenticated using (user_id = (select auth.uid()));
grant select on public.metrics to corpus_dashboard;
-- undo: drop owned by corpus_dashboard; drop role corpus_dashboard
