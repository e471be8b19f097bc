-- wrong: a table meant for readers has row-level security and no policy: every list is empty
-- expect: policy_never_allows public.articles
-- least: low
create table articles (id serial primary key, slug text unique, title text, body text);
comment on table articles is 'Shown on the home page to everybody';
grant select on articles to anon, authenticated;
