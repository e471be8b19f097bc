-- wrong: FOR ALL with the owner in USING, but true in WITH CHECK: rows are inserted in others' names
-- expect: insert_as_other|row_given_away public.reviews authenticated
create table reviews (id uuid primary key default gen_random_uuid(), user_id uuid not null references auth.users, stars int check (stars between 1 and 5));
create index on reviews (user_id);
create policy own on reviews to authenticated using (user_id = (select auth.uid())) with check (true);
