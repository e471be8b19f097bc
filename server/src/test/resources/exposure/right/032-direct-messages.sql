-- right: both parties read, the sender sends
create table direct_messages (id int primary key, sender_id uuid not null references auth.users, recipient_id uuid not null references auth.users, body text);
create index on direct_messages (sender_id);
create index on direct_messages (recipient_id);
create policy reading on direct_messages for select to authenticated using ((select auth.uid()) in (sender_id, recipient_id));
create policy sending on direct_messages for insert to authenticated with check (sender_id = (select auth.uid()));
