-- wrong: everybody's balances, computed once an hour, readable by everybody
-- expect: materialized_view_exposed public.balances authenticated
create table bookings (id int primary key, account uuid not null references auth.users, cents int);
create index on bookings (account);
create policy own on bookings for select to authenticated using (account = (select auth.uid()));
create materialized view balances as select account, sum(cents) as cents from bookings group by account;
grant select on balances to authenticated;
