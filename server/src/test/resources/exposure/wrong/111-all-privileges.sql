-- wrong: ALL PRIVILEGES gave TRUNCATE, which no policy sees
-- expect: truncate_granted public.votes
create table votes (id int primary key, user_id uuid not null references auth.users, choice int);
create index on votes (user_id);
create policy own on votes to authenticated using (user_id = (select auth.uid()));
grant all privileges on votes to authenticated;
