-- right: comments are public, each is written by its author
create table posts (id int primary key, author uuid not null references auth.users, title text);
create index on posts (author);
create policy readable on posts for select using (true);
create table comments (id bigint generated always as identity primary key, post_id int not null references posts on delete cascade, author uuid not null references auth.users, body text not null);
create index on comments (author);
create index on comments (post_id);
create policy readable on comments for select using (true);
create policy adding on comments for insert to authenticated with check (author = (select auth.uid()));
create policy removing on comments for delete to authenticated using (author = (select auth.uid()));
