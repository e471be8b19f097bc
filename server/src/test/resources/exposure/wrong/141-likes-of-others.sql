-- wrong: anybody takes back anybody's like
-- expect: others_rows_writable|policy_always_true public.likes authenticated
create table likes (post_id int, user_id uuid references auth.users, primary key (user_id, post_id));
create policy reading on likes for select using (true);
create policy liking on likes for insert to authenticated with check (user_id = (select auth.uid()));
create policy unliking on likes for delete to authenticated using (true);
