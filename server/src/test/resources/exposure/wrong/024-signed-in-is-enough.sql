-- wrong: asks only whether somebody is signed in
-- expect: others_rows_readable|others_rows_writable public.expenses authenticated
create table expenses (id int primary key, user_id uuid not null references auth.users, amount numeric, note text);
create policy own on expenses using (auth.uid() is not null);
