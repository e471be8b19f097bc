-- right: a log that only a trigger with its owner's rights writes
create table accounts (id int primary key, owner uuid not null references auth.users, name text);
create index on accounts (owner);
create policy own on accounts to authenticated using (owner = (select auth.uid()));
create table audit_log (id bigint generated always as identity primary key, who uuid, what text, at timestamptz default now());
revoke all on audit_log from anon, authenticated;
create function log_account() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  insert into public.audit_log (who, what) values (auth.uid(), tg_op);
  return coalesce(new, old);
end $$;
create trigger log_account after insert or update or delete on accounts for each row execute function log_account();
