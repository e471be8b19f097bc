-- wrong: an own row can be made somebody else's, because WITH CHECK lets everything through
-- expect: row_given_away public.assets authenticated
create table assets (id uuid primary key default gen_random_uuid(), owner_id uuid not null references auth.users, name text);
create index on assets (owner_id);
create policy reading on assets for select to authenticated using (true);
create policy changing on assets for update to authenticated using (owner_id = (select auth.uid())) with check (true);
