-- right: the policy that asks for a second factor is restrictive, beside one that opens
create table bank_details (id int primary key, user_id uuid not null references auth.users, iban text);
create index on bank_details (user_id);
create policy own on bank_details to authenticated using (user_id = (select auth.uid()));
create policy strong on bank_details as restrictive to authenticated using ((select auth.jwt() ->> 'aal') = 'aal2');
