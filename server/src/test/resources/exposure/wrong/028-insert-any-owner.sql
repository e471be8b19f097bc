-- wrong: the check of an insert asks for an account, not for the owner
-- expect: insert_as_other public.posts authenticated
create table posts (id uuid primary key default gen_random_uuid(), author_id uuid not null references auth.users, body text);
create index on posts (author_id);
create policy reading on posts for select using (true);
create policy writing on posts for insert to authenticated with check ((select auth.uid()) is not null);
