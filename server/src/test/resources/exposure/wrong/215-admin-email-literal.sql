-- wrong: the admin is told by an address in the policy
-- expect: email_in_policy public.refunds
-- least: low
create table refunds (id int primary key, cents int);
create policy boss on refunds to authenticated using ((select auth.jwt() ->> 'email') = 'boss@shop.example');
