-- right: soft delete: the owner sees what is not deleted
create table files (id int primary key, user_id uuid not null references auth.users, name text, deleted_at timestamptz);
create index on files (user_id);
create policy own on files for select to authenticated using (user_id = (select auth.uid()) and deleted_at is null);
create policy adding on files for insert to authenticated with check (user_id = (select auth.uid()));
