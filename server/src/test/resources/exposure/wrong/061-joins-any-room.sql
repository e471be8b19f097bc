-- wrong: whoever wants to read a room's messages adds themselves to it
-- expect: privilege_column_writable|others_rows_readable public.room_members|public.messages
create table rooms (id uuid primary key default gen_random_uuid(), name text);
create table room_members (room_id uuid not null references rooms, user_id uuid not null references auth.users, primary key (user_id, room_id));
create policy own on room_members to authenticated using (user_id = (select auth.uid())) with check (user_id = (select auth.uid()));
create table messages (id bigint generated always as identity primary key, room_id uuid not null references rooms, sender uuid not null references auth.users, body text);
create index on messages (room_id);
create policy reading on messages for select to authenticated
  using (room_id in (select room_id from room_members where user_id = (select auth.uid())));
