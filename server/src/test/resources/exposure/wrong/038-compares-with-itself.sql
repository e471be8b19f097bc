-- wrong: the column inside of the sub-select is compared with itself, so a member of any team sees all teams
-- expect: others_rows_readable public.projects authenticated
create table members (team_id int, user_id uuid references auth.users, primary key (user_id, team_id));
create policy own on members for select to authenticated using (user_id = (select auth.uid()));
create table projects (id int primary key, team_id int not null, created_by uuid references auth.users, name text);
create policy team on projects for select to authenticated
  using (exists (select 1 from members m where m.team_id = m.team_id and m.user_id = (select auth.uid())));
