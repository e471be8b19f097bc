-- right: a restrictive policy narrows what the owner's policy opens
create table leads (id int primary key, owner_id uuid not null references auth.users, archived boolean not null default false);
create index on leads (owner_id);
create policy own on leads to authenticated using (owner_id = (select auth.uid())) with check (owner_id = (select auth.uid()));
create policy living on leads as restrictive to authenticated using (not archived);
