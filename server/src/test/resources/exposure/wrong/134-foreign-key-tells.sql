-- wrong: by inserting references anybody finds out which private rows exist
-- expect: foreign_key_leak public.bids
-- least: low
create table accounts (iban text primary key, owner uuid not null references auth.users);
create index on accounts (owner);
create policy own on accounts for select to authenticated using (owner = (select auth.uid()));
create table bids (id int primary key, bidder uuid not null references auth.users, iban text not null references accounts);
create index on bids (bidder);
create policy own on bids to authenticated using (bidder = (select auth.uid()));
