-- wrong: a view joins two protected tables and is granted with writes revoked, still all rows
-- expect: view_bypasses_rls public.order_overview authenticated
create table orders (id int primary key, user_id uuid not null references auth.users);
create table payments (order_id int primary key references orders, iban text);
create index on orders (user_id);
create policy own on orders to authenticated using (user_id = (select auth.uid()));
create policy own on payments to authenticated using (order_id in (select id from orders where user_id = (select auth.uid())));
create view order_overview as select o.id, o.user_id, p.iban from orders o left join payments p on p.order_id = o.id;
grant select on order_overview to authenticated;
