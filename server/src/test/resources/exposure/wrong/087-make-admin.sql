-- wrong: a function that grants rights checks nobody's
-- expect: security_definer_function public.make_admin
create table staff (user_id uuid primary key references auth.users);
create policy own on staff for select to authenticated using (user_id = (select auth.uid()));
create function make_admin(target uuid) returns void language sql security definer set search_path = '' as
  'insert into public.staff values (target)';
