-- right: a function with the caller's rights
create table scores (id int primary key, user_id uuid not null references auth.users, points int not null);
create index on scores (user_id);
create policy own on scores to authenticated using (user_id = (select auth.uid()));
create function total_points() returns bigint language sql stable set search_path = '' as 'select sum(points) from public.scores';
