-- wrong: asks whether the row has an owner, not whether it is the caller
-- expect: anonymous_read|others_rows_readable public.invoices
create table invoices (id int primary key, user_id uuid references auth.users, amount numeric);
create policy own on invoices for select using (user_id is not null);
