-- wrong: the snippet that grants everything on all tables to everyone
-- expect: truncate_granted public.events anon
create table events (id int primary key, owner uuid not null references auth.users, title text);
create index on events (owner);
create policy own on events to authenticated using (owner = (select auth.uid()));
grant all on all tables in schema public to anon, authenticated;
