-- wrong: a view without security_invoker shows everybody's rows
-- expect: view_bypasses_rls public.note_titles authenticated
create table notes (id int primary key, user_id uuid not null references auth.users, title text, body text);
create index on notes (user_id);
create policy own on notes to authenticated using (user_id = (select auth.uid()));
create view note_titles as select id, user_id, title from notes;
grant select on note_titles to authenticated;
