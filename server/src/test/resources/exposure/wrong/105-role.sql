-- wrong: users may choose their own role
-- expect: privilege_column_writable public.users authenticated
create type app_role as enum ('user', 'moderator', 'admin');
create table users (id uuid primary key references auth.users, name text, role app_role not null default 'user');
create policy own on users to authenticated using (id = (select auth.uid())) with check (id = (select auth.uid()));
