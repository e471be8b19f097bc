-- wrong: a function with its owner's rights gives any row by its id
-- expect: security_definer_function public.get_order
create table orders (id int primary key, user_id uuid not null references auth.users, total numeric);
create index on orders (user_id);
create policy own on orders for select to authenticated using (user_id = (select auth.uid()));
create function get_order(order_id int) returns setof orders language sql stable security definer set search_path = '' as
  'select * from public.orders where id = order_id';
