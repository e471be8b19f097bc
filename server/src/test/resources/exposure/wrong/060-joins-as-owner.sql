-- wrong: users may insert their own membership, with any team and any role
-- expect: privilege_column_writable|others_rows_readable public.team_members|public.documents
create table team_members (team_id int, user_id uuid not null references auth.users, role text not null default 'viewer', primary key (user_id, team_id));
create policy seeing on team_members for select to authenticated using (user_id = (select auth.uid()));
create policy joining on team_members for insert to authenticated with check (user_id = (select auth.uid()));
create table documents (id int primary key, team_id int not null, body text);
create index on documents (team_id);
create policy team on documents to authenticated
  using (team_id in (select m.team_id from team_members m where m.user_id = (select auth.uid()) and m.role = 'owner'));
