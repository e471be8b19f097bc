-- wrong: a caller is a member of the role that owns the tables, so no policy holds it
-- as: superuser
-- roles: corpus_app
-- expect: role_membership|caller_owns_relation *
create role corpus_tables nologin;
create role corpus_app nologin inherit;
grant corpus_tables to corpus_app;
create table public.cases (id int primary key, user_id uuid references auth.users, body text);
create index on public.cases (user_id);
create policy own on public.cases to authenticated using (user_id = (select auth.uid()));
alter table public.cases owner to corpus_tables;
-- undo: drop owned by corpus_app, corpus_tables cascade; drop role corpus_app; drop role corpus_tables
