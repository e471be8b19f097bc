-- wrong: any signed-in user changes anybody's row
-- expect: others_rows_writable|policy_always_true public.profiles authenticated
create table profiles (id uuid primary key references auth.users, display_name text, bio text);
create policy readable on profiles for select to authenticated using (true);
create policy changeable on profiles for update to authenticated using (true);
