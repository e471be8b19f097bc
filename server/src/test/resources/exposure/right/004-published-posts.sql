-- right: what is published is for everybody, drafts are their author's
create table posts (id int generated always as identity primary key, author_id uuid not null references auth.users, title text, body text, published boolean not null default false);
create index on posts (author_id);
create policy reading on posts for select using (published or author_id = (select auth.uid()));
create policy adding on posts for insert to authenticated with check (author_id = (select auth.uid()));
create policy editing on posts for update to authenticated using (author_id = (select auth.uid())) with check (author_id = (select auth.uid()));
create policy removing on posts for delete to authenticated using (author_id = (select auth.uid()));
