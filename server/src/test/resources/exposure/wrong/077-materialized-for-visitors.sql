-- wrong: a materialized view knows no policies
-- expect: materialized_view_exposed public.user_stats anon
create table activities (id int primary key, user_id uuid not null references auth.users, minutes int);
create index on activities (user_id);
create policy own on activities to authenticated using (user_id = (select auth.uid()));
create materialized view user_stats as select user_id, sum(minutes) as minutes from activities group by user_id;
grant select on user_stats to anon;
