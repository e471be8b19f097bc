-- wrong: owner is checked of the new row only, so anybody makes anybody's row their own
-- expect: row_taken_over|others_rows_writable public.domains authenticated
create table domains (name text primary key, owner uuid not null references auth.users, target text);
create index on domains (owner);
create policy reading on domains for select to authenticated using (true);
create policy changing on domains for update to authenticated using (true) with check (owner = (select auth.uid()));
