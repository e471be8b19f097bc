-- right: items belong to whom their order belongs
create table orders (id uuid primary key default gen_random_uuid(), user_id uuid not null references auth.users, placed_at timestamptz default now());
create index on orders (user_id);
create policy own on orders to authenticated using (user_id = (select auth.uid())) with check (user_id = (select auth.uid()));
create table order_items (order_id uuid references orders on delete cascade, line int, product text not null, quantity int not null check (quantity > 0), primary key (order_id, line));
create policy own on order_items to authenticated
  using (order_id in (select id from orders where user_id = (select auth.uid()))) with check (order_id in (select id from orders where user_id = (select auth.uid())));
