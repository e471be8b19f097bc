-- right: an API schema of views with the caller's rights over tables that are not served
-- since: 15
-- schemas: api
create schema api;
grant usage on schema api to anon, authenticated;
create table public.invoices (id int primary key, user_id uuid not null references auth.users, cents int);
create index on public.invoices (user_id);
create policy own on public.invoices to authenticated using (user_id = (select auth.uid()));
create view api.invoices with (security_invoker = true) as select * from public.invoices;
grant select on api.invoices to authenticated;
