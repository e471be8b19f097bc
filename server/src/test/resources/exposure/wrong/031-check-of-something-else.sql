-- wrong: WITH CHECK validates the title and forgets the owner
-- expect: row_given_away public.recipes authenticated
create table recipes (id int primary key, user_id uuid not null references auth.users, title text);
create index on recipes (user_id);
create policy reading on recipes for select to authenticated using (true);
create policy changing on recipes for update to authenticated
  using (user_id = (select auth.uid())) with check (title is not null and length(title) < 200);
