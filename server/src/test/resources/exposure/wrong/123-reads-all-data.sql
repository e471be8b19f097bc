-- wrong: a custom caller is a member of pg_read_all_data
-- as: superuser
-- roles: corpus_analyst
-- expect: role_membership *
create role corpus_analyst nologin inherit;
grant pg_read_all_data to corpus_analyst;
create table public.visits (id int primary key, user_id uuid references auth.users);
-- undo: drop role corpus_analyst
