-- right: public profiles hold what is meant for the public
create table profiles (id uuid primary key references auth.users on delete cascade, username text unique not null, display_name text, avatar_url text, bio text);
create policy readable on profiles for select using (true);
create policy own_insert on profiles for insert to authenticated with check (id = (select auth.uid()));
create policy own_update on profiles for update to authenticated using (id = (select auth.uid())) with check (id = (select auth.uid()));
