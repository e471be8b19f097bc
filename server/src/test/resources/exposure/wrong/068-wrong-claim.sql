-- wrong: waits for a role that no token of this caller has
-- expect: policy_never_allows public.bulletins
-- least: low
create table bulletins (id int primary key, body text);
create policy members on bulletins for select to authenticated using ((select auth.role()) = 'authenticated_user');
