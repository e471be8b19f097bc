-- wrong: a view for a dashboard is granted to visitors
-- expect: view_bypasses_rls|anonymous_read public.recent_orders anon
create table orders (id int primary key, customer_id uuid not null references auth.users, total numeric, placed_at timestamptz);
create index on orders (customer_id);
create policy own on orders for select to authenticated using (customer_id = (select auth.uid()));
create view recent_orders as select * from orders where placed_at > now() - interval '7 days';
grant select on recent_orders to anon, authenticated;
