-- right: a materialized view that nobody was granted
create table sales (id int primary key, seller uuid not null references auth.users, cents int);
create index on sales (seller);
create policy own on sales for select to authenticated using (seller = (select auth.uid()));
create materialized view sales_by_seller as select seller, sum(cents) from sales group by seller;
