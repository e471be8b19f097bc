-- wrong: the customer list is readable without an account
-- expect: anonymous_read|personal_column public.customers anon
create table customers (id uuid primary key, full_name text, email text, phone text, address text);
create policy "Enable read access for all users" on customers for select using (true);
