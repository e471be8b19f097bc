-- wrong: a channel's room is looked up, but not whether the caller is a member of it
-- expect: others_rows_readable realtime.messages authenticated
-- least: low
create table rooms (id uuid primary key default gen_random_uuid(), owner_id uuid not null references auth.users, name text);
create index on rooms (owner_id);
create policy listed on rooms for select to authenticated using (true);
create policy "join" on realtime.messages for select to authenticated using ((select auth.uid()) is not null
  and exists (select from rooms r where 'room:' || r.id::text = (select realtime.topic())));
