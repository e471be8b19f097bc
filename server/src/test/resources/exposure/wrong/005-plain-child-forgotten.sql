-- wrong: the orders are protected, their items were forgotten
-- plain
-- expect: rls_disabled public.order_items
create table orders (id uuid primary key default gen_random_uuid(), user_id uuid not null, placed timestamptz default now());
create table order_items (order_id uuid references orders on delete cascade, line int, product text, price numeric, primary key (order_id, line));
alter table orders enable row level security;
create index on orders (user_id);
create policy own on orders to authenticated
  using (user_id = (select (current_setting('request.jwt.claims', true)::json ->> 'sub')::uuid));
grant select, insert, update, delete on orders, order_items to authenticated;
