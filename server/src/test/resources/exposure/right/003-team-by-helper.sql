-- right: membership by a helper with its owner's rights, empty search_path, in a schema that is not served
create schema private;
grant usage on schema private to authenticated;
create table teams (id int primary key, name text);
create table team_members (team_id int references teams, user_id uuid references auth.users, primary key (user_id, team_id));
create function private.my_teams() returns setof int language sql stable security definer set search_path = '' as
  'select team_id from public.team_members where user_id = (select auth.uid())';
create policy members on teams for select to authenticated using (id in (select private.my_teams()));
create policy members on team_members for select to authenticated using (team_id in (select private.my_teams()));
create index on team_members (team_id);
