-- right: money moves by a function that takes the payer from the session; the tables are for reading one's own
create table public.wallets (user_id uuid primary key references auth.users on delete cascade, balance_cents bigint not null default 0 check (balance_cents >= 0));
create table public.transfers (id bigint generated always as identity primary key, payer uuid not null references public.wallets, payee uuid not null references public.wallets, cents bigint not null check (cents > 0), made_at timestamptz not null default now());
create index on public.transfers (payer);
create index on public.transfers (payee);
revoke all on public.wallets, public.transfers from anon, authenticated;
grant select on public.wallets, public.transfers to authenticated;
create policy own_wallet on public.wallets for select to authenticated using (user_id = (select auth.uid()));
create policy own_transfers on public.transfers for select to authenticated using (payer = (select auth.uid()) or payee = (select auth.uid()));
create function public.pay(payee uuid, cents bigint) returns bigint language plpgsql security definer set search_path = '' as $$
declare me uuid := auth.uid(); made bigint;
begin
  if me is null then raise exception 'not signed in' using errcode = '28000'; end if;
  if cents <= 0 or payee = me then raise exception 'refused'; end if;
  update public.wallets w set balance_cents = w.balance_cents - pay.cents where w.user_id = me;
  if not found then raise exception 'no wallet'; end if;
  update public.wallets w set balance_cents = w.balance_cents + pay.cents where w.user_id = pay.payee;
  if not found then raise exception 'no such payee'; end if;
  insert into public.transfers (payer, payee, cents) values (me, pay.payee, pay.cents) returning id into made;
  return made;
end $$;
revoke execute on function public.pay(uuid, bigint) from public, anon;
grant execute on function public.pay(uuid, bigint) to authenticated;
