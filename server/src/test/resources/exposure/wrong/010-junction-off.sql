-- wrong: the junction table's row-level security was switched off to end a recursion, so anyone can join any team
-- expect: rls_disabled public.team_members
create table teams (id uuid primary key default gen_random_uuid(), name text not null);
create table team_members (team_id uuid references teams, user_id uuid references auth.users, primary key (team_id, user_id));
create index on team_members (user_id);
create policy members on teams for select to authenticated
  using (id in (select team_id from team_members where user_id = (select auth.uid())));
alter table team_members disable row level security;
