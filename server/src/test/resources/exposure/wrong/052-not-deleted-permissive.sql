-- wrong: "hide what is deleted" is a policy of its own, and permissive
-- expect: others_rows_readable public.contacts authenticated
create table contacts (id int primary key, user_id uuid not null references auth.users, name text, deleted_at timestamptz);
create index on contacts (user_id);
create policy own on contacts to authenticated using (user_id = (select auth.uid()));
create policy alive on contacts for select to authenticated using (deleted_at is null);
