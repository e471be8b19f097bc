-- right: a tree of tables below a tenant that the token names, and a restrictive policy that shuts suspended accounts out
create table public.tenants (id uuid primary key, name text not null);
create table public.suspensions (user_id uuid primary key references auth.users on delete cascade, reason text);
create table public.boards (id bigint generated always as identity primary key, tenant_id uuid not null default ((auth.jwt() -> 'app_metadata' ->> 'tenant_id')::uuid) references public.tenants, title text not null);
create index on public.boards (tenant_id);
create table public.cards (id bigint generated always as identity primary key, tenant_id uuid not null default ((auth.jwt() -> 'app_metadata' ->> 'tenant_id')::uuid) references public.tenants, board_id bigint not null references public.boards on delete cascade, title text not null, assignee uuid references auth.users);
create index on public.cards (tenant_id);
create index on public.cards (board_id);
create function public.tenant() returns uuid language sql stable set search_path = '' as $$ select (auth.jwt() -> 'app_metadata' ->> 'tenant_id')::uuid $$;
create function public.suspended() returns boolean language sql stable security definer set search_path = '' as $$ select exists (select from public.suspensions s where s.user_id = auth.uid()) $$;
revoke execute on function public.suspended() from public, anon;
grant execute on function public.suspended() to authenticated;
create policy tenant_self on public.tenants for select to authenticated using (id = (select public.tenant()));
create policy tenant_boards on public.boards to authenticated using (tenant_id = (select public.tenant())) with check (tenant_id = (select public.tenant()));
create policy tenant_cards on public.cards to authenticated using (tenant_id = (select public.tenant())) with check (tenant_id = (select public.tenant()) and exists (select from public.boards b where b.id = board_id));
create policy not_suspended on public.boards as restrictive to authenticated using (not (select public.suspended()));
create policy not_suspended on public.cards as restrictive to authenticated using (not (select public.suspended()));
create policy own_suspension on public.suspensions for select to authenticated using (user_id = (select auth.uid()));
revoke insert, update, delete, truncate on public.suspensions, public.tenants from anon, authenticated;
