-- right: anybody sees which times of a room are taken, by a function that tells no more; bookings are their guest's and the host's
create table public.rooms (id int generated always as identity primary key, host_id uuid not null default auth.uid() references auth.users, title text not null, listed boolean not null default false);
create index on public.rooms (host_id);
create table public.bookings (id uuid primary key default gen_random_uuid(), room_id int not null references public.rooms, guest_id uuid not null default auth.uid() references auth.users, during tstzrange not null check (lower(during) < upper(during)), note text, cancelled boolean not null default false);
create index on public.bookings (room_id);
create index on public.bookings (guest_id);
create policy rooms_listed on public.rooms for select to anon, authenticated using (listed);
create policy rooms_host on public.rooms for all to authenticated using (host_id = (select auth.uid())) with check (host_id = (select auth.uid()));
create policy bookings_guest on public.bookings for select to authenticated using (guest_id = (select auth.uid()));
create policy bookings_host on public.bookings for select to authenticated using (room_id in (select r.id from public.rooms r where r.host_id = (select auth.uid())));
create policy bookings_make on public.bookings for insert to authenticated with check (guest_id = (select auth.uid()) and not cancelled and room_id in (select r.id from public.rooms r where r.listed));
revoke update, delete on public.bookings from anon, authenticated;
grant update (note, cancelled) on public.bookings to authenticated;
create policy bookings_cancel on public.bookings for update to authenticated using (guest_id = (select auth.uid())) with check (guest_id = (select auth.uid()));
create function public.taken(room int) returns setof tstzrange language sql stable security definer set search_path = '' as $$
  select b.during from public.bookings b join public.rooms r on r.id = b.room_id where r.id = room and r.listed and not b.cancelled and upper(b.during) > now()
$$;
revoke execute on function public.taken(int) from public;
grant execute on function public.taken(int) to anon, authenticated;
