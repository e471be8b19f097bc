-- right: a shop window: products for all, orders for their customers, prices written by nobody
create table products (id int primary key, name text not null, price_cents int not null, active boolean not null default true);
revoke insert, update, delete on products from anon, authenticated;
create policy active on products for select using (active);
create table orders (id int generated always as identity primary key, customer uuid not null default auth.uid() references auth.users, product int not null references products, quantity int not null default 1);
revoke update, delete on orders from anon, authenticated;
create index on orders (customer);
create policy own on orders for select to authenticated using (customer = (select auth.uid()));
create policy buying on orders for insert to authenticated with check (customer = (select auth.uid()));
