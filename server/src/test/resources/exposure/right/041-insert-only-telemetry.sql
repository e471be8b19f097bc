-- right: events go in and never come out
create table page_views (id bigint generated always as identity primary key, path text not null, at timestamptz not null default now());
revoke all on page_views from anon, authenticated;
grant insert (path) on page_views to anon, authenticated;
create policy counting on page_views for insert to anon, authenticated with check (length(path) < 300);
