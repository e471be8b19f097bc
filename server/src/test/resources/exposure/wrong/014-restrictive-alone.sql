-- wrong: the only policy is restrictive, so nothing is ever permitted
-- expect: policy_never_allows public.bookmarks
-- least: low
create table bookmarks (id int primary key, user_id uuid not null references auth.users, url text);
create index on bookmarks (user_id);
create policy own on bookmarks as restrictive to authenticated using (user_id = (select auth.uid()));
