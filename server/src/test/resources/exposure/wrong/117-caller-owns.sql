-- wrong: a caller owns the table, and owners pass by policies
-- as: superuser
-- roles: corpus_writer
-- expect: caller_owns_relation public.stories
create role corpus_writer nologin;
grant usage, create on schema public to corpus_writer;
create table public.stories (id int primary key, author uuid references auth.users, body text);
create index on public.stories (author);
create policy own on public.stories to authenticated using (author = (select auth.uid()));
alter table public.stories owner to corpus_writer;
revoke create on schema public from corpus_writer;
-- undo: drop owned by corpus_writer cascade; drop role corpus_writer
