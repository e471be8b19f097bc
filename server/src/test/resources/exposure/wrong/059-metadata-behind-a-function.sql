-- wrong: the helper that says who is an admin reads raw_user_meta_data
-- expect: user_metadata_in_policy|security_definer_function public.audits|public.is_admin
create function is_admin() returns boolean language sql stable security definer set search_path = '' as $$
  select coalesce((select (u.raw_user_meta_data ->> 'role') = 'admin' from auth.users u where u.id = auth.uid()), false)
$$;
create table audits (id int primary key, what text);
create policy admins on audits for select to authenticated using ((select public.is_admin()));
