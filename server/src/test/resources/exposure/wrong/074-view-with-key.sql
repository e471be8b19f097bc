-- wrong: a public view takes all columns, the key too
-- expect: secret_column|view_bypasses_rls public.shops
create table shop_data (id int primary key, owner uuid references auth.users, name text, stripe_secret_key text);
create index on shop_data (owner);
create policy own on shop_data to authenticated using (owner = (select auth.uid()));
create view shops as select * from shop_data;
grant select on shops to anon, authenticated;
