-- right: one's own address, seen by oneself
create table contacts (id int primary key, owner uuid not null references auth.users, name text, email text, phone text);
create index on contacts (owner);
create policy own on contacts to authenticated using (owner = (select auth.uid())) with check (owner = (select auth.uid()));
