-- wrong: everything of the last day is everybody's, meant as a time limit for editing
-- expect: others_rows_writable public.posts authenticated
create table posts (id int primary key, author_id uuid not null references auth.users, body text, created_at timestamptz not null default now());
create index on posts (author_id);
create policy reading on posts for select using (true);
create policy editing on posts for update to authenticated using (author_id = (select auth.uid()) or created_at > now() - interval '1 day');
