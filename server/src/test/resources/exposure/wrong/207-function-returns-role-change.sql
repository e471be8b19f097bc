-- wrong: a function with its owner's rights writes any column of a profile, checked by nothing
-- expect: security_definer_function public.update_profile
create table profiles (id uuid primary key references auth.users, settings jsonb);
create policy own on profiles for select to authenticated using (id = (select auth.uid()));
create function update_profile(p_id uuid, p_settings jsonb) returns void language plpgsql security definer set search_path = public as $$
begin
  update profiles set settings = p_settings where id = p_id;
end $$;
