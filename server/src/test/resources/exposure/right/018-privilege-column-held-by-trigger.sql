-- right: a trigger holds the credits column against everybody but the server
create table wallets (user_id uuid primary key references auth.users, credits int not null default 0, nickname text);
create policy own on wallets for select to authenticated using (user_id = (select auth.uid()));
create policy rename on wallets for update to authenticated using (user_id = (select auth.uid())) with check (user_id = (select auth.uid()));
create function hold_credits() returns trigger language plpgsql set search_path = '' as $$
begin
  if new.credits is distinct from old.credits and current_user in ('anon', 'authenticated') then
    raise exception 'credits are not yours to set' using errcode = '42501';
  end if;
  return new;
end $$;
create trigger hold_credits before update on wallets for each row execute function hold_credits();
