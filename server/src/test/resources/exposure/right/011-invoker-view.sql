-- right: a view with the caller's rights
-- since: 15
create table tasks (id int primary key, owner uuid not null references auth.users, title text, done boolean);
create index on tasks (owner);
create policy own on tasks to authenticated using (owner = (select auth.uid()));
create view open_tasks with (security_invoker = true) as select id, owner, title from tasks where not done;
