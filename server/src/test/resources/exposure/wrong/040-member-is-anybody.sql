-- wrong: the sub-select asks whether the team has members, not whether the caller is one
-- expect: others_rows_readable public.plans authenticated
create table team_members (team_id int, user_id uuid references auth.users, primary key (team_id, user_id));
create policy readable on team_members for select to authenticated using (true);
create table plans (id int primary key, team_id int not null, owner_id uuid references auth.users, body text);
create policy team on plans for select to authenticated
  using (exists (select 1 from team_members m where m.team_id = plans.team_id));
