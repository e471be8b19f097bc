-- wrong: rows that have a share link are shown to all, with the link
-- expect: anonymous_read|secret_column|others_rows_readable public.boards
create table boards (id int primary key, owner uuid not null references auth.users, title text, share_token uuid);
create index on boards (owner);
create policy own on boards to authenticated using (owner = (select auth.uid()));
create policy shared on boards for select using (share_token is not null);
