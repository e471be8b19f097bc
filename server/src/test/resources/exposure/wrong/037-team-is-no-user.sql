-- wrong: compares a team's id with a user's
-- expect: policy_never_allows public.projects
-- least: low
create table teams (id uuid primary key default gen_random_uuid(), name text);
create table projects (id uuid primary key, team_id uuid not null references teams, name text);
create policy team on projects for select to authenticated using (team_id = (select auth.uid()));
