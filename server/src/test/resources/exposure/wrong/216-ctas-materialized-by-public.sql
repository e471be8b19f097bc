-- wrong: a materialized view was granted to PUBLIC for a search box
-- expect: materialized_view_exposed|grant_to_public public.search_index
create table pages (id int primary key, owner uuid not null references auth.users, body text);
create index on pages (owner);
create policy own on pages to authenticated using (owner = (select auth.uid()));
create materialized view search_index as select id, to_tsvector('english', body) as words from pages;
grant select on search_index to public;
