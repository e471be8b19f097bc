-- wrong: the condition for reading was copied to the one for changing
-- expect: others_rows_writable public.articles authenticated
create table articles (id int primary key, author uuid not null references auth.users, published boolean not null default false, body text);
create index on articles (author);
create policy reading on articles for select using (published or author = (select auth.uid()));
create policy editing on articles for update to authenticated
  using (published or author = (select auth.uid())) with check (published or author = (select auth.uid()));
