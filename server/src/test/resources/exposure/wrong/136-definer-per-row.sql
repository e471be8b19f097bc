-- wrong: a helper without arguments is called once per row
-- expect: per_row_call public.entries
-- least: info
create table staff (user_id uuid primary key references auth.users);
create policy own on staff for select to authenticated using (user_id = (select auth.uid()));
create function is_staff() returns boolean language sql stable security definer set search_path = '' as
  'select exists (select 1 from public.staff where user_id = (select auth.uid()))';
create table entries (id int primary key, body text);
create policy staff on entries for select to authenticated using (is_staff());
