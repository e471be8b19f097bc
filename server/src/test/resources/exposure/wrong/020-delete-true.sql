-- wrong: any signed-in user deletes anybody's row
-- expect: others_rows_writable|policy_always_true public.comments authenticated
create table comments (id bigint generated always as identity primary key, author uuid not null references auth.users, body text);
create index on comments (author);
create policy readable on comments for select using (true);
create policy own on comments for insert to authenticated with check (author = (select auth.uid()));
create policy cleanup on comments for delete to authenticated using (true);
