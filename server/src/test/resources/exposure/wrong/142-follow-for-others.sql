-- wrong: the check names the one who is followed, so users add followers to themselves
-- expect: insert_as_other public.follows authenticated
create table follows (follower_id uuid references auth.users, followed_id uuid references auth.users, primary key (follower_id, followed_id));
create index on follows (followed_id);
create policy reading on follows for select using (true);
create policy following on follows for insert to authenticated with check (followed_id = (select auth.uid()));
