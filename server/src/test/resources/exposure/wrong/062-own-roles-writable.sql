-- wrong: the table that says who is an admin can be written by whom it is about
-- expect: privilege_column_writable public.user_roles authenticated
create table user_roles (user_id uuid primary key references auth.users, role text not null default 'member');
create policy own on user_roles to authenticated using (user_id = (select auth.uid())) with check (user_id = (select auth.uid()));
create table announcements (id int primary key, body text);
create policy reading on announcements for select using (true);
create policy admins on announcements for insert to authenticated with check (exists (
  select 1 from user_roles r where r.user_id = (select auth.uid()) and r.role = 'admin'));
