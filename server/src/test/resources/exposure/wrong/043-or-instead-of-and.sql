-- wrong: OR where AND was meant: every row that is not deleted is everybody's
-- expect: others_rows_readable|others_rows_writable public.files authenticated
create table files (id int primary key, user_id uuid not null references auth.users, name text, deleted_at timestamptz);
create index on files (user_id);
create policy own on files to authenticated using (user_id = (select auth.uid()) or deleted_at is null);
