-- right: own rows, auth.uid() once per statement, an index for it
create table notes (id bigint generated always as identity primary key, user_id uuid not null default auth.uid() references auth.users on delete cascade, body text);
create index on notes (user_id);
create policy own on notes to authenticated using (user_id = (select auth.uid())) with check (user_id = (select auth.uid()));
