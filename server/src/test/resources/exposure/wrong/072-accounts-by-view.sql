-- wrong: a view over auth.users, so that user names can be joined
-- expect: auth_users_exposed public.users authenticated
create view users as select id, email, raw_user_meta_data from auth.users;
grant select on users to authenticated;
