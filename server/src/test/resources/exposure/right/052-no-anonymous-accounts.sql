-- right: temporary accounts may read and not write
create table questions (id int primary key, asked_by uuid not null references auth.users, text text);
create index on questions (asked_by);
create policy reading on questions for select to authenticated using (true);
create policy asking on questions for insert to authenticated
  with check (asked_by = (select auth.uid()) and (select (auth.jwt() ->> 'is_anonymous')::boolean) is not true);
