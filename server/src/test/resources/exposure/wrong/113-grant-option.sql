-- wrong: callers may pass their rights on
-- expect: grant_option public.pages
create table pages (id int primary key, body text);
create policy reading on pages for select using (true);
grant select on pages to authenticated with grant option;
