-- wrong: the policy of the member table asks the member table
-- expect: policy_fails public.members
create table members (team_id int, user_id uuid references auth.users, primary key (team_id, user_id));
create index on members (user_id);
create policy team on members for select to authenticated
  using (team_id in (select m.team_id from members m where m.user_id = (select auth.uid())));
