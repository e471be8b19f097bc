-- wrong: a policy named as if it were safe lets any signed-in user at everybody's rows
-- expect: others_rows_writable|others_rows_readable|policy_always_true public.todos authenticated
create table todos (id bigint generated always as identity primary key, user_id uuid not null references auth.users, task text);
create policy "Enable all for authenticated users" on todos to authenticated using (true) with check (true);
