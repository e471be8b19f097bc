-- wrong: two tables whose policies ask each other
-- expect: policy_fails public.projects|public.project_members
create table projects (id int primary key, owner_id uuid not null references auth.users, name text);
create table project_members (project_id int references projects, user_id uuid references auth.users, primary key (project_id, user_id));
create index on project_members (user_id);
create policy shared on projects for select to authenticated
  using (owner_id = (select auth.uid()) or id in (select project_id from project_members where user_id = (select auth.uid())));
create policy owners on project_members for select to authenticated
  using (user_id = (select auth.uid()) or project_id in (select id from projects where owner_id = (select auth.uid())));
