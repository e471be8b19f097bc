-- wrong: a child by inheritance does not inherit policies
-- plain
-- expect: rls_disabled public.orders_archive
create table orders (id int primary key, user_id uuid, total numeric);
create table orders_archive () inherits (orders);
alter table orders enable row level security;
create policy own on orders for select to authenticated
  using (user_id = (select (current_setting('request.jwt.claims', true)::json ->> 'sub')::uuid));
grant select on orders, orders_archive to authenticated;
