-- right: a table of roles that users read and only the server writes
create table user_roles (user_id uuid primary key references auth.users, role text not null);
revoke insert, update, delete on user_roles from anon, authenticated;
create policy own on user_roles for select to authenticated using (user_id = (select auth.uid()));
create table announcements (id int primary key, body text);
create policy reading on announcements for select using (true);
create policy admins on announcements for insert to authenticated
  with check (exists (select 1 from user_roles r where r.user_id = (select auth.uid()) and r.role = 'admin'));
