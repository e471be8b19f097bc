-- wrong: a member can move a document into a team that is not theirs, and its author with it
-- expect: row_given_away|others_rows_writable|policy_always_true public.docs authenticated
create table memberships (team_id int, user_id uuid references auth.users, primary key (user_id, team_id));
create policy own on memberships for select to authenticated using (user_id = (select auth.uid()));
create table docs (id int primary key, team_id int not null, author uuid references auth.users, body text);
create index on docs (team_id);
create policy reading on docs for select to authenticated
  using (team_id in (select team_id from memberships where user_id = (select auth.uid())));
create policy changing on docs for update to authenticated
  using (team_id in (select team_id from memberships where user_id = (select auth.uid()))) with check (true);
