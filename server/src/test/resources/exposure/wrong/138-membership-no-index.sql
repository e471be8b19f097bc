-- wrong: the member table is looked up by user, its key begins with the team
-- expect: policy_needs_index public.team_members|public.boards
-- least: info
create table team_members (team_id int, user_id uuid references auth.users, primary key (team_id, user_id));
create policy own on team_members for select to authenticated using (user_id = (select auth.uid()));
create table boards (id int primary key, team_id int not null, name text);
create index on boards (team_id);
create policy team on boards for select to authenticated
  using (team_id in (select team_id from team_members where user_id = (select auth.uid())));
