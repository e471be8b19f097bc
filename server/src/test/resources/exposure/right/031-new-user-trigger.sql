-- right: a profile is made for each new account by a trigger on auth.users
-- as: superuser
create table public.profiles (id uuid primary key references auth.users on delete cascade, name text);
create policy own on public.profiles for select to authenticated using (id = (select auth.uid()));
grant select on public.profiles to authenticated;
create function public.handle_new_user() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  insert into public.profiles (id, name) values (new.id, new.raw_user_meta_data ->> 'name');
  return new;
end $$;
create trigger on_auth_user_created after insert on auth.users for each row execute function public.handle_new_user();
