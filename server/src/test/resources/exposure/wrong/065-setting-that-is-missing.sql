-- wrong: reads a setting that nothing sets, so every request fails
-- expect: policy_fails public.jobs
create table jobs (id int primary key, owner uuid not null references auth.users, title text);
create policy own on jobs to authenticated using (owner = (select current_setting('app.current_user_id')::uuid));
