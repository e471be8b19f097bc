-- right: changes are written down by a trigger with its owner's rights; only admins, who stand in a table of their own, read them
create schema app_private;
create table app_private.admins (user_id uuid primary key references auth.users on delete cascade);
create function app_private.is_admin() returns boolean language sql stable security definer set search_path = '' as $$ select exists (select from app_private.admins where user_id = (select auth.uid())) $$;
grant usage on schema app_private to authenticated;
revoke execute on function app_private.is_admin() from public;
grant execute on function app_private.is_admin() to authenticated;
create table public.accounts (id bigint generated always as identity primary key, owner_id uuid not null default auth.uid() references auth.users, label text not null);
create index on public.accounts (owner_id);
create table public.audit_log (id bigint generated always as identity primary key, at timestamptz not null default now(), actor uuid, table_name text not null, operation text not null, old_row jsonb, new_row jsonb);
create function app_private.write_audit() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  insert into public.audit_log (actor, table_name, operation, old_row, new_row)
  values (auth.uid(), tg_table_name, tg_op, case when tg_op <> 'INSERT' then to_jsonb(old) end, case when tg_op <> 'DELETE' then to_jsonb(new) end);
  return coalesce(new, old);
end $$;
create trigger accounts_audit after insert or update or delete on public.accounts for each row execute function app_private.write_audit();
create policy accounts_own on public.accounts to authenticated using (owner_id = (select auth.uid())) with check (owner_id = (select auth.uid()));
create policy accounts_admin_reads on public.accounts for select to authenticated using ((select app_private.is_admin()));
create policy audit_admin_reads on public.audit_log for select to authenticated using ((select app_private.is_admin()));
revoke all on public.audit_log from anon, authenticated;
grant select on public.audit_log to authenticated;
