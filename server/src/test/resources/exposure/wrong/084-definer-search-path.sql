-- wrong: a checked function with its owner's rights finds names by the caller's search_path
-- expect: search_path_mutable public.my_points
-- least: low
create table points (user_id uuid primary key references auth.users, points int not null);
create policy own on points for select to authenticated using (user_id = (select auth.uid()));
create function my_points() returns int language sql stable security definer as
  'select points from points where user_id = auth.uid()';
revoke execute on function my_points() from public;
grant execute on function my_points() to authenticated;
