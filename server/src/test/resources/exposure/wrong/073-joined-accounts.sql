-- wrong: profiles joined with auth.users for the address, open to visitors
-- expect: auth_users_exposed|personal_column|view_bypasses_rls public.people anon
create table profiles (id uuid primary key references auth.users, name text);
create policy reading on profiles for select using (true);
create view people as select p.id, p.name, u.email from profiles p join auth.users u on u.id = p.id;
grant select on people to anon, authenticated;
