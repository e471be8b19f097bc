-- right: the public half of a profile for everybody, the private half for its person; rights and money only the server changes
create table public.profiles (id uuid primary key references auth.users on delete cascade, username text unique not null check (length(username) >= 3), avatar_url text, bio text, is_pro boolean not null default false, followers_count int not null default 0);
create table public.private_profiles (id uuid primary key references public.profiles on delete cascade, full_name text, phone text, birthday date, stripe_customer_id text);
revoke all on public.profiles, public.private_profiles from anon, authenticated;
grant select (id, username, avatar_url, bio, is_pro, followers_count) on public.profiles to anon, authenticated;
grant update (username, avatar_url, bio) on public.profiles to authenticated;
grant select (id, full_name, phone, birthday), insert (id, full_name, phone, birthday), update (full_name, phone, birthday) on public.private_profiles to authenticated;
create policy "everybody reads" on public.profiles for select to anon, authenticated using (true);
create policy "one changes oneself" on public.profiles for update to authenticated using (id = (select auth.uid())) with check (id = (select auth.uid()));
create policy "one reads oneself" on public.private_profiles for select to authenticated using (id = (select auth.uid()));
create policy "one fills in oneself" on public.private_profiles for insert to authenticated with check (id = (select auth.uid()));
create policy "one changes oneself" on public.private_profiles for update to authenticated using (id = (select auth.uid())) with check (id = (select auth.uid()));
create function public.handle_new_user() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  insert into public.profiles (id, username) values (new.id, 'user_' || substr(new.id::text, 1, 8));
  return new;
end $$;
revoke execute on function public.handle_new_user() from public, anon, authenticated;
create trigger on_auth_user_created after insert on auth.users for each row execute function public.handle_new_user();
