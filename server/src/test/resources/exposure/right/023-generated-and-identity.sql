-- right: generated and identity columns, a domain, an enum
create type size as enum ('s', 'm', 'l');
create domain cents as int check (value >= 0);
create table articles (id bigint generated always as identity primary key, owner uuid not null references auth.users, price cents not null, gross int generated always as (price * 119 / 100) stored, size size not null);
create index on articles (owner);
create policy own on articles to authenticated using (owner = (select auth.uid())) with check (owner = (select auth.uid()));
