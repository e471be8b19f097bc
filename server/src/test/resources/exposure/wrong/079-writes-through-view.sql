-- wrong: rows can be changed through the view that the table's policies protect
-- expect: view_bypasses_rls|others_rows_writable public.open_todos
create table todos (id int primary key, user_id uuid not null references auth.users, task text, done boolean not null default false);
create index on todos (user_id);
create policy own on todos to authenticated using (user_id = (select auth.uid()));
create view open_todos as select id, task, done from todos where not done;
grant select, update, delete on open_todos to authenticated;
