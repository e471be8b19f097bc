-- wrong: compares the caller's id with the empty text
-- expect: others_rows_readable|others_rows_writable public.goals authenticated
create table goals (id int primary key, user_id uuid not null references auth.users, goal text);
create policy own on goals using ((select auth.uid())::text <> '');
