-- right: a marketplace: listings that all see while active, orders that buyer and seller see, reviews by those who bought
create table public.sellers (id uuid primary key references auth.users on delete cascade, shop_name text not null, rating numeric(3, 2));
revoke insert, update on public.sellers from anon, authenticated;
grant insert (id, shop_name), update (shop_name) on public.sellers to authenticated;
create table public.listings (id uuid primary key default gen_random_uuid(), seller_id uuid not null references public.sellers, title text not null, price_cents int not null check (price_cents > 0), currency char(3) not null default 'EUR', active boolean not null default true, created_at timestamptz not null default now());
create index on public.listings (seller_id);
create table public.orders (id uuid primary key default gen_random_uuid(), listing_id uuid not null references public.listings, buyer_id uuid not null references auth.users, seller_id uuid not null references public.sellers, price_cents int not null, state text not null default 'placed' check (state in ('placed', 'paid', 'sent', 'received', 'cancelled')), created_at timestamptz not null default now());
create index on public.orders (buyer_id);
create index on public.orders (seller_id);
create table public.reviews (order_id uuid primary key references public.orders, listing_id uuid not null references public.listings, reviewer_id uuid not null references auth.users, stars smallint not null check (stars between 1 and 5), body text);
create index on public.reviews (reviewer_id);
create policy sellers_public on public.sellers for select using (true);
create policy sellers_open on public.sellers for insert to authenticated with check (id = (select auth.uid()));
create policy sellers_rename on public.sellers for update to authenticated using (id = (select auth.uid())) with check (id = (select auth.uid()));
create policy listings_active on public.listings for select using (active);
create policy listings_own on public.listings for all to authenticated using (seller_id = (select auth.uid())) with check (seller_id = (select auth.uid()));
-- Orders are placed by a function, and change by the payment's webhook: nobody writes them directly.
revoke insert, update, delete, truncate on public.orders from anon, authenticated;
revoke select on public.orders from anon;
create policy orders_of_both on public.orders for select to authenticated using ((select auth.uid()) in (buyer_id, seller_id));
create policy reviews_public on public.reviews for select using (true);
create policy reviews_by_buyers on public.reviews for insert to authenticated with check (reviewer_id = (select auth.uid()) and exists (select from public.orders o where o.id = order_id and o.listing_id = reviews.listing_id and o.buyer_id = (select auth.uid()) and o.state = 'received'));
create policy reviews_withdrawn on public.reviews for delete to authenticated using (reviewer_id = (select auth.uid()));
create function public.place_order(listing uuid) returns uuid language plpgsql security definer set search_path = '' as $$
declare made uuid;
begin
  if auth.uid() is null then raise exception using errcode = '42501', message = 'sign in to buy'; end if;
  insert into public.orders (listing_id, buyer_id, seller_id, price_cents)
  select l.id, auth.uid(), l.seller_id, l.price_cents from public.listings l where l.id = listing and l.active and l.seller_id <> auth.uid()
  returning id into made;
  return made;
end $$;
revoke all on function public.place_order(uuid) from public, anon;
grant execute on function public.place_order(uuid) to authenticated;
