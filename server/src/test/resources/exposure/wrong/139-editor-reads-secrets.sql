-- wrong: a role for editors got SELECT on all tables, the one with keys too
-- as: superuser
-- roles: corpus_editor
-- expect: secret_column public.webhooks corpus_editor
-- least: low
create role corpus_editor nologin;
grant usage on schema public to corpus_editor;
create table public.webhooks (id int primary key, url text, signing_secret text);
create policy editors on public.webhooks to corpus_editor using (true);
grant select on all tables in schema public to corpus_editor;
-- undo: drop owned by corpus_editor cascade; drop role corpus_editor
