-- wrong: a column was revoked while the grant on the whole table stands
-- expect: personal_column public.members anon
create table members (id int primary key, nickname text, email text);
create policy reading on members for select using (true);
revoke select (email) on members from anon, authenticated;
