-- wrong: a copy made before a migration holds all customers, without any policy
-- plain
-- expect: rls_disabled public.customers_backup
create table customers (id uuid primary key, email text, name text);
alter table customers enable row level security;
create policy self on customers to authenticated
  using (id = (select (current_setting('request.jwt.claims', true)::json ->> 'sub')::uuid));
create table customers_backup as select * from customers;
grant select, insert, update, delete on all tables in schema public to authenticated;
