-- wrong: whoever writes is_admin into their own metadata is an admin
-- expect: user_metadata_in_policy public.payouts
create table payouts (id int primary key, user_id uuid not null references auth.users, cents int);
create policy admins on payouts to authenticated
  using ((select (auth.jwt() -> 'user_metadata' ->> 'is_admin')::boolean));
