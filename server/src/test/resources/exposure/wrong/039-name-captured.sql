-- wrong: an unqualified column belongs to the inner table, not to the row that is asked about
-- expect: others_rows_readable|others_rows_writable public.tasks authenticated
create table project_members (project_id uuid, user_id uuid references auth.users, primary key (user_id, project_id));
create policy own on project_members for select to authenticated using (user_id = (select auth.uid()));
create table tasks (id uuid primary key default gen_random_uuid(), project_id uuid not null, assignee uuid references auth.users, title text);
create policy members on tasks to authenticated using (exists (
  select 1 from project_members where project_id = project_id and user_id = (select auth.uid())));
