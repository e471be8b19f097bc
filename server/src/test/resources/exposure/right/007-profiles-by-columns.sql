-- right: personal columns are granted to nobody; the owner's own ones lie in a table of their own
create table profiles (id uuid primary key references auth.users, username text, email text);
revoke all on profiles from anon, authenticated;
grant select (id, username) on profiles to anon, authenticated;
create policy readable on profiles for select using (true);
