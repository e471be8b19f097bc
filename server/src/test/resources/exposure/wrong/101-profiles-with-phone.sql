-- wrong: public profiles hold addresses and numbers
-- expect: personal_column public.profiles anon
create table profiles (id uuid primary key references auth.users, username text unique, email text, phone text);
create policy reading on profiles for select using (true);
create policy own on profiles for update to authenticated using (id = (select auth.uid()));
