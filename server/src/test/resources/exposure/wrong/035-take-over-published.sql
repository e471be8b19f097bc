-- wrong: published posts can be changed into one's own
-- expect: row_taken_over|others_rows_writable public.posts authenticated
create table posts (id int primary key, author_id uuid not null references auth.users, published boolean not null default false, body text);
create index on posts (author_id);
create policy reading on posts for select to authenticated using (published or author_id = (select auth.uid()));
create policy editing on posts for update to authenticated
  using (published or author_id = (select auth.uid())) with check (author_id = (select auth.uid()));
