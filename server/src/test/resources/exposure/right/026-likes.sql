-- right: likes are counted by everybody and given and taken by oneself
create table likes (post_id int not null, user_id uuid not null references auth.users, primary key (user_id, post_id));
create policy readable on likes for select using (true);
create policy liking on likes for insert to authenticated with check (user_id = (select auth.uid()));
create policy unliking on likes for delete to authenticated using (user_id = (select auth.uid()));
