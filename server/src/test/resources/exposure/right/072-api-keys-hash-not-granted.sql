-- right: keys that one makes by a function which tells them once; of the row one sees the prefix, never the hash
create table public.api_keys (id uuid primary key default gen_random_uuid(), user_id uuid not null references auth.users on delete cascade, name text not null, prefix text not null, key_hash bytea not null, last_used_at timestamptz, created_at timestamptz not null default now());
create index on public.api_keys (user_id);
revoke all on public.api_keys from anon, authenticated;
grant select (id, user_id, name, prefix, last_used_at, created_at), update (name), delete on public.api_keys to authenticated;
create policy "own keys" on public.api_keys for select to authenticated using (user_id = (select auth.uid()));
create policy "rename own keys" on public.api_keys for update to authenticated using (user_id = (select auth.uid())) with check (user_id = (select auth.uid()));
create policy "revoke own keys" on public.api_keys for delete to authenticated using (user_id = (select auth.uid()));
create function public.create_api_key(name text) returns text language plpgsql security definer set search_path = '' as $$
declare key text := replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', '');
begin
  if auth.uid() is null then raise exception 'sign in'; end if;
  insert into public.api_keys (user_id, name, prefix, key_hash) values (auth.uid(), create_api_key.name, left(key, 6), sha256(convert_to(key, 'UTF8')));
  return key;
end $$;
revoke execute on function public.create_api_key(text) from public, anon;
grant execute on function public.create_api_key(text) to authenticated;
create table public.push_devices (token text primary key, user_id uuid not null default auth.uid() references auth.users on delete cascade, platform text not null check (platform in ('ios', 'android', 'web')));
create index on public.push_devices (user_id);
revoke all on public.push_devices from anon, authenticated;
grant insert (token, platform), delete, select (user_id, platform) on public.push_devices to authenticated;
create policy "own devices" on public.push_devices for select to authenticated using (user_id = (select auth.uid()));
create policy "register device" on public.push_devices for insert to authenticated with check (user_id = (select auth.uid()));
create policy "forget device" on public.push_devices for delete to authenticated using (user_id = (select auth.uid()));
