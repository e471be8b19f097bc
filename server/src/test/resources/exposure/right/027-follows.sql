-- right: who follows whom is public; one follows by oneself
create table follows (follower_id uuid references auth.users, followed_id uuid references auth.users, primary key (follower_id, followed_id), check (follower_id <> followed_id));
create policy readable on follows for select using (true);
create policy following on follows for insert to authenticated with check (follower_id = (select auth.uid()));
create policy unfollowing on follows for delete to authenticated using (follower_id = (select auth.uid()));
