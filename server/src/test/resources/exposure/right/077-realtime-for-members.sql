-- right: a private channel for the members of each room
create table rooms (id uuid primary key default gen_random_uuid(), name text);
create table room_members (room_id uuid references rooms on delete cascade, user_id uuid references auth.users, primary key (user_id, room_id));
create index on room_members (room_id);
revoke insert, update, delete on rooms, room_members from anon, authenticated;
create policy listed on rooms for select to authenticated using (true);
create policy own on room_members for select to authenticated using (user_id = (select auth.uid()));
create policy "join" on realtime.messages for select to authenticated using (exists (select from room_members m
  where m.user_id = (select auth.uid()) and 'room:' || m.room_id::text = (select realtime.topic())));
create policy "send" on realtime.messages for insert to authenticated with check (exists (select from room_members m
  where m.user_id = (select auth.uid()) and 'room:' || m.room_id::text = (select realtime.topic())));
