-- wrong: whatever is expired can be deleted by any account
-- expect: others_rows_writable public.offers authenticated
create table offers (id int primary key, seller uuid not null references auth.users, state text not null default 'active' check (state in ('active', 'expired')));
create index on offers (seller);
create policy reading on offers for select using (true);
create policy own on offers for insert to authenticated with check (seller = (select auth.uid()));
create policy cleanup on offers for delete to authenticated using (state = 'expired');
