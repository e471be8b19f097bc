-- wrong: a new account may start with any balance
-- expect: privilege_column_writable public.bank_accounts authenticated
create table bank_accounts (id int generated always as identity primary key, owner uuid not null references auth.users, balance numeric(12, 2) not null default 0);
create index on bank_accounts (owner);
create policy seeing on bank_accounts for select to authenticated using (owner = (select auth.uid()));
create policy opening on bank_accounts for insert to authenticated with check (owner = (select auth.uid()));
