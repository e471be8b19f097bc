-- wrong: whatever is created later is granted to visitors, and nothing switches row-level security on
-- plain
-- expect: default_privileges_open *
alter default privileges in schema public grant select, insert, update, delete on tables to anon, authenticated;
create table things (id int primary key, name text);
alter table things enable row level security;
create policy reading on things for select using (true);
