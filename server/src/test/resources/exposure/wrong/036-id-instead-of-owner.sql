-- wrong: compares the row's own id with the caller's: owners see nothing, and the owner column is never checked
-- expect: policy_never_allows|insert_as_other public.notes
-- least: low
create table notes (id uuid primary key default gen_random_uuid(), user_id uuid not null references auth.users, body text);
create policy own on notes to authenticated using (id = (select auth.uid())) with check (id = (select auth.uid()));
