-- wrong: whoever is in a room writes there in anybody's name
-- expect: insert_as_other public.messages authenticated
create table rooms (id uuid primary key default gen_random_uuid(), name text);
create table room_members (room_id uuid references rooms, user_id uuid references auth.users, primary key (user_id, room_id));
revoke insert, update, delete on room_members from anon, authenticated;
create policy own on room_members for select to authenticated using (user_id = (select auth.uid()));
create policy members on rooms for select to authenticated using (id in (select room_id from room_members where user_id = (select auth.uid())));
create table messages (id bigint generated always as identity primary key, room_id uuid not null references rooms, sender uuid not null references auth.users, body text);
create index on messages (room_id);
create policy reading on messages for select to authenticated using (room_id in (select room_id from room_members where user_id = (select auth.uid())));
create policy writing on messages for insert to authenticated
  with check (room_id in (select room_id from room_members where user_id = (select auth.uid())));
