-- right: admins, told by app_metadata, read everything, others their own
create table complaints (id int primary key, user_id uuid not null references auth.users, body text);
create index on complaints (user_id);
create policy own on complaints for select to authenticated using (user_id = (select auth.uid()) or (select auth.jwt() -> 'app_metadata' ->> 'role') = 'admin');
