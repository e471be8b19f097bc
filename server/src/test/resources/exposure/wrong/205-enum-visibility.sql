-- wrong: unlisted was meant to need the link, and can be listed
-- expect: others_rows_readable|anonymous_read public.videos
create type visibility as enum ('private', 'unlisted', 'public');
create table videos (id uuid primary key default gen_random_uuid(), uploader uuid not null references auth.users, visibility visibility not null default 'private', url text);
create index on videos (uploader);
create policy watching on videos for select to authenticated using (visibility <> 'private' or uploader is not null);
