-- wrong: items are writable by whoever can read the parent order, which couriers can
-- expect: others_rows_writable public.order_notes authenticated
create table orders (id int primary key, customer uuid not null references auth.users, public_tracking boolean not null default true);
create index on orders (customer);
create policy tracking on orders for select to authenticated using (public_tracking or customer = (select auth.uid()));
create table order_notes (id int primary key, order_id int not null references orders, author uuid references auth.users, note text);
create index on order_notes (order_id);
create policy own on order_notes to authenticated using (order_id in (select id from orders));
