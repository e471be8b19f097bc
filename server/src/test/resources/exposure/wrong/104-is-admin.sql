-- wrong: users change their own profile, the column is_admin too
-- expect: privilege_column_writable public.profiles authenticated
create table profiles (id uuid primary key references auth.users, name text, is_admin boolean not null default false);
create policy own on profiles for select to authenticated using (id = (select auth.uid()));
create policy change on profiles for update to authenticated using (id = (select auth.uid())) with check (id = (select auth.uid()));
