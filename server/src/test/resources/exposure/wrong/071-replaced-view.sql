-- wrong: CREATE OR REPLACE VIEW lost security_invoker
-- since: 15
-- expect: view_bypasses_rls public.my_tasks
create table tasks (id int primary key, owner uuid not null references auth.users, title text, done boolean);
create index on tasks (owner);
create policy own on tasks to authenticated using (owner = (select auth.uid()));
create view my_tasks with (security_invoker = true) as select id, owner, title from tasks;
create or replace view my_tasks as select id, owner, title, done from tasks;
grant select on my_tasks to authenticated;
