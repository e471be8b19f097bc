-- wrong: users write their own credits
-- expect: privilege_column_writable public.wallets authenticated
create table wallets (user_id uuid primary key references auth.users, credits int not null default 0);
create policy own on wallets for select to authenticated using (user_id = (select auth.uid()));
create policy spend on wallets for update to authenticated using (user_id = (select auth.uid()));
