-- wrong: asks whether the caller is a member of something
-- expect: others_rows_readable public.reports authenticated
create table org_users (org_id int, user_id uuid references auth.users, primary key (user_id, org_id));
create policy own on org_users for select to authenticated using (user_id = (select auth.uid()));
create table reports (id int primary key, org_id int not null, author_id uuid references auth.users, body text);
create policy org on reports for select to authenticated using ((select auth.uid()) in (select user_id from org_users));
