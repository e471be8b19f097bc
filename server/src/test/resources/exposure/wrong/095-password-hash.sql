-- wrong: a table of users with its own password hashes is readable
-- expect: secret_column public.app_users
create table app_users (id int primary key, username text unique, password_hash text);
create policy reading on app_users for select to authenticated using (true);
