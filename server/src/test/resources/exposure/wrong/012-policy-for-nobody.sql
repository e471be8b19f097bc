-- wrong: the policy is given to postgres, not to the role that requests run as
-- expect: policy_never_allows public.photos
-- least: low
create table photos (id uuid primary key, user_id uuid references auth.users, path text);
create index on photos (user_id);
create policy own on photos to postgres using (user_id = (select auth.uid()));
