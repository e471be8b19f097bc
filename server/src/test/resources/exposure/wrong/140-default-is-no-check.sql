-- wrong: relies on the default of the owner column, which an insert may override
-- expect: insert_as_other public.photos authenticated
create table photos (id int primary key, user_id uuid not null default auth.uid() references auth.users, url text);
create index on photos (user_id);
create policy own on photos for select to authenticated using (user_id = (select auth.uid()));
create policy adding on photos for insert to authenticated with check (true);
