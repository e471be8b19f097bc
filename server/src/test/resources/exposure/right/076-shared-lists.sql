-- right: lists shared with named people, to read or to edit; the owner alone shares; items follow the list
create type public.permission as enum ('read', 'edit');
create table public.lists (id uuid primary key default gen_random_uuid(), owner_id uuid not null default auth.uid() references auth.users on delete cascade, title text not null);
create index on public.lists (owner_id);
create table public.list_shares (list_id uuid not null references public.lists on delete cascade, shared_with uuid not null references auth.users on delete cascade, permission public.permission not null default 'read', primary key (list_id, shared_with));
create index on public.list_shares (shared_with);
create table public.list_items (id bigint generated always as identity primary key, list_id uuid not null references public.lists on delete cascade, text text not null, done boolean not null default false);
create index on public.list_items (list_id);
create schema guard;
grant usage on schema guard to authenticated;
create function guard.owns(list uuid) returns boolean language sql stable security definer set search_path = '' as $$ select exists (select from public.lists l where l.id = list and l.owner_id = auth.uid()) $$;
create function guard.may(list uuid, wanted public.permission) returns boolean language sql stable security definer set search_path = '' as $$
  select guard.owns(list) or exists (select from public.list_shares s where s.list_id = list and s.shared_with = auth.uid() and s.permission >= wanted)
$$;
create policy lists_read on public.lists for select to authenticated using (owner_id = (select auth.uid()) or guard.may(id, 'read'));
create policy lists_add on public.lists for insert to authenticated with check (owner_id = (select auth.uid()));
create policy lists_rename on public.lists for update to authenticated using (owner_id = (select auth.uid())) with check (owner_id = (select auth.uid()));
create policy lists_delete on public.lists for delete to authenticated using (owner_id = (select auth.uid()));
create policy shares_read on public.list_shares for select to authenticated using (shared_with = (select auth.uid()) or guard.owns(list_id));
create policy shares_manage on public.list_shares for insert to authenticated with check (guard.owns(list_id));
create policy shares_change on public.list_shares for update to authenticated using (guard.owns(list_id)) with check (guard.owns(list_id));
create policy shares_end on public.list_shares for delete to authenticated using (shared_with = (select auth.uid()) or guard.owns(list_id));
create policy items_read on public.list_items for select to authenticated using (guard.may(list_id, 'read'));
create policy items_edit on public.list_items for all to authenticated using (guard.may(list_id, 'edit')) with check (guard.may(list_id, 'edit'));
