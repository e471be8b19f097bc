-- right: owners change their name, not their role: UPDATE is granted on columns
create table members (id uuid primary key references auth.users, name text, role text not null default 'user', is_admin boolean not null default false);
revoke insert, update, delete on members from anon, authenticated;
grant update (name) on members to authenticated;
create policy own on members for select to authenticated using (id = (select auth.uid()));
create policy rename on members for update to authenticated using (id = (select auth.uid())) with check (id = (select auth.uid()));
