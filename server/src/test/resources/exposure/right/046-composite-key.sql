-- right: a key of several columns, an array, a range
create table bookings (room int, during tstzrange not null, guest uuid not null references auth.users, extras text[] not null default '{}', primary key (room, during));
create index on bookings (guest);
create policy own on bookings for select to authenticated using (guest = (select auth.uid()));
create policy booking on bookings for insert to authenticated with check (guest = (select auth.uid()));
