-- right: a role of its own reads reports and hides comments, on the columns it needs
-- as: superuser
-- roles: corpus_moderator
create role corpus_moderator nologin;
grant usage on schema public to corpus_moderator;
create table public.comments (id int primary key, author uuid not null references auth.users, body text, hidden boolean not null default false);
create index on public.comments (author);
grant select on public.comments to anon, authenticated, corpus_moderator;
grant update (hidden) on public.comments to corpus_moderator;
create policy readable on public.comments for select using (not hidden);
create policy moderators_read on public.comments for select to corpus_moderator using (true);
create policy moderators_hide on public.comments for update to corpus_moderator using (true) with check (true);
-- undo: drop owned by corpus_moderator; drop role corpus_moderator
