-- wrong: users mark themselves as verified
-- expect: privilege_column_writable public.sellers authenticated
create table sellers (user_id uuid primary key references auth.users, shop text, is_verified boolean not null default false);
create policy reading on sellers for select using (true);
create policy own on sellers for update to authenticated using (user_id = (select auth.uid()));
