-- wrong: a table with grants and no row-level security at all
-- plain
-- expect: rls_disabled public.tasks
create table tasks (id serial primary key, user_id uuid, title text not null, done boolean default false);
grant select, insert, update, delete on tasks to anon, authenticated;
grant usage on sequence tasks_id_seq to anon, authenticated;
