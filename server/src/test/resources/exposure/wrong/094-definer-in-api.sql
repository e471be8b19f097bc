-- wrong: a report function in the API schema gives everybody's sales
-- schemas: api
-- expect: security_definer_function api.sales_report
create schema api;
grant usage on schema api to anon, authenticated;
create table public.sales (id int primary key, seller uuid not null references auth.users, cents int);
create index on public.sales (seller);
create policy own on public.sales to authenticated using (seller = (select auth.uid()));
create function api.sales_report() returns table (seller uuid, cents bigint) language sql stable security definer set search_path = '' as
  'select seller, sum(cents) from public.sales group by seller';
