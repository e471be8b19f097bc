-- right: a database of any PostgreSQL: claims by their setting
-- since: 15, before which everybody may create objects in public
-- plain
create table notes (id int primary key, user_id uuid not null, body text);
create index on notes (user_id);
alter table notes enable row level security;
create policy own on notes to authenticated
  using (user_id = (select (current_setting('request.jwt.claims', true)::json ->> 'sub')::uuid))
  with check (user_id = (select (current_setting('request.jwt.claims', true)::json ->> 'sub')::uuid));
grant select, insert, update, delete on notes to authenticated;
