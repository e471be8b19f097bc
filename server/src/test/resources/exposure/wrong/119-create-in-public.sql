-- wrong: callers may create objects in the served schema
-- expect: schema_create public authenticated
grant create on schema public to authenticated;
create table pages (id int primary key, body text);
create policy reading on pages for select using (true);
