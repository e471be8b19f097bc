-- right: teams, members with roles, invitations that only admins of the team see and an invited person accepts by a function
create schema private;
grant usage on schema private to authenticated;
create type public.team_role as enum ('owner', 'admin', 'member');
create table public.teams (id uuid primary key default gen_random_uuid(), name text not null, slug text unique not null check (slug ~ '^[a-z0-9-]+$'), created_at timestamptz not null default now());
create table public.memberships (team_id uuid not null references public.teams on delete cascade, user_id uuid not null references auth.users on delete cascade, role public.team_role not null default 'member', primary key (team_id, user_id));
create index on public.memberships (user_id);
create table public.invitations (id uuid primary key default gen_random_uuid(), team_id uuid not null references public.teams on delete cascade, email text not null, role public.team_role not null default 'member' check (role <> 'owner'), invited_by uuid not null default auth.uid() references auth.users, expires_at timestamptz not null default now() + interval '7 days', unique (team_id, email));
create table public.projects (id bigint generated always as identity primary key, team_id uuid not null references public.teams on delete cascade, title text not null);
create index on public.projects (team_id);
create function private.role_in(team uuid) returns public.team_role language sql stable security definer set search_path = '' as $$ select role from public.memberships where team_id = team and user_id = auth.uid() $$;
create function private.my_teams() returns setof uuid language sql stable security definer set search_path = '' as $$ select team_id from public.memberships where user_id = auth.uid() $$;
create policy "members see their teams" on public.teams for select to authenticated using (id in (select private.my_teams()));
create policy "admins rename their teams" on public.teams for update to authenticated using (private.role_in(id) in ('owner', 'admin')) with check (private.role_in(id) in ('owner', 'admin'));
create policy "owners delete their teams" on public.teams for delete to authenticated using (private.role_in(id) = 'owner');
create policy "members see each other" on public.memberships for select to authenticated using (team_id in (select private.my_teams()));
create policy "admins remove members" on public.memberships for delete to authenticated using (private.role_in(team_id) in ('owner', 'admin') and role <> 'owner');
create policy "people leave" on public.memberships for delete to authenticated using (user_id = (select auth.uid()) and role <> 'owner');
create policy "admins see invitations" on public.invitations for select to authenticated using (private.role_in(team_id) in ('owner', 'admin'));
create policy "admins invite" on public.invitations for insert to authenticated with check (private.role_in(team_id) in ('owner', 'admin') and invited_by = (select auth.uid()));
create policy "admins take invitations back" on public.invitations for delete to authenticated using (private.role_in(team_id) in ('owner', 'admin'));
create policy "members work on projects" on public.projects for all to authenticated using (team_id in (select private.my_teams())) with check (team_id in (select private.my_teams()));
create function public.create_team(name text, slug text) returns uuid language plpgsql security definer set search_path = '' as $$
declare made uuid;
begin
  if auth.uid() is null then raise exception 'sign in first'; end if;
  insert into public.teams (name, slug) values (create_team.name, create_team.slug) returning id into made;
  insert into public.memberships (team_id, user_id, role) values (made, auth.uid(), 'owner');
  return made;
end $$;
create function public.accept_invitation(invitation uuid) returns void language plpgsql security definer set search_path = '' as $$
declare found_one public.invitations;
begin
  delete from public.invitations i using auth.users u
   where i.id = invitation and i.expires_at > now() and u.id = auth.uid() and u.email_confirmed_at is not null and lower(u.email) = lower(i.email)
  returning i.* into found_one;
  if found_one.id is null then raise exception 'no such invitation'; end if;
  insert into public.memberships (team_id, user_id, role) values (found_one.team_id, auth.uid(), found_one.role) on conflict do nothing;
end $$;
revoke execute on function public.create_team, public.accept_invitation from public, anon;
grant execute on function public.create_team, public.accept_invitation to authenticated;
