-- wrong: an API schema of views, none of which runs with the caller's rights
-- schemas: api
-- expect: view_bypasses_rls api.invoices
create schema api;
grant usage on schema api to anon, authenticated;
create table public.invoices (id int primary key, user_id uuid not null references auth.users, cents int);
create index on public.invoices (user_id);
create policy own on public.invoices to authenticated using (user_id = (select auth.uid()));
create view api.invoices as select * from public.invoices;
grant select, insert, update, delete on api.invoices to authenticated;
