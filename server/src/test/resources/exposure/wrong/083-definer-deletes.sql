-- wrong: anybody, without an account, can delete any account's data
-- expect: security_definer_function public.delete_user_data anon
create table notes (id int primary key, user_id uuid not null references auth.users, body text);
create index on notes (user_id);
create policy own on notes to authenticated using (user_id = (select auth.uid()));
create function delete_user_data(target uuid) returns void language sql security definer set search_path = '' as
  'delete from public.notes where user_id = target';
