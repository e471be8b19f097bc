-- wrong: a condition that should only have narrowed is the whole policy
-- expect: others_rows_writable|others_rows_readable public.wallet_entries authenticated
create table wallet_entries (id int primary key, user_id uuid not null references auth.users, cents int, frozen boolean not null default false);
create policy thawed on wallet_entries to authenticated using (not frozen);
