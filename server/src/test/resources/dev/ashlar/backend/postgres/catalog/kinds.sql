-- Everything that the catalog must know, once. Tables belong to postgres, as those of migrations do.
create extension postgres_fdw;
create server elsewhere foreign data wrapper postgres_fdw;
grant usage on foreign server elsewhere to postgres;
create schema api authorization postgres;
create schema hidden authorization postgres;
set role postgres;

create type rating as enum ('bad', 'good');
create type "Odd type" as (x int);
create type pair as ("left" int, "right" text);
create domain short_text as text not null;
create domain film_code as short_text check (value <> '');
create domain mood as rating;

create table directors (
  id     integer primary key,
  name   text,
  mentor integer references directors
);
create table films (
  id          bigint generated always as identity primary key,
  title       varchar(80) not null,
  dropped     integer,
  director_id integer references directors,
  rating      rating,
  code        film_code,
  mood        mood,
  slug        text generated always as (lower(title)) stored,
  added       timestamptz default now(),
  label       char(3),
  tags        text[],
  "Odd ""name""" "Odd type"
);
alter table films drop column dropped;
create unique index films_title_director on films (title, director_id) include (label);
create unique index films_partial on films (label) where label is not null;
create unique index films_expression on films (lower(title));
comment on column films.title is 'As on the poster';

create table details (
  film_id bigint primary key references films,
  a integer, b integer, unique (a, b)
);
create table detail_notes (id integer primary key, x integer, y integer, note text);
alter table detail_notes add constraint detail_notes_ref foreign key (x, y) references details (a, b);
revoke all on details, detail_notes from anon;
grant select (note) on detail_notes to anon;

create table actors (id integer primary key, name text);
create table roles (
  film_id  bigint  references films,
  actor_id integer references actors,
  primary key (film_id, actor_id)
);
create table meetings (
  id          integer primary key,
  director_id integer references directors,
  actor_id    integer references actors
);
create table friends (
  id integer primary key,
  a  integer not null constraint friends_a references actors,
  b  integer not null constraint friends_b references actors,
  unique (a, b)
);

create table logs (film_id bigint references films, at date not null) partition by range (at);
create table logs_2026 partition of logs for values from ('2026-01-01') to ('2027-01-01');
create table seen (log integer, film_id bigint);

create foreign table remote (x integer) server elsewhere;

create view film_titles as select id as film_id, title, director_id as made_by from films;
create view hidden.between as select title as t, made_by as d, film_id from film_titles;
create view nested as select d, t from hidden.between;
create view film_union as select id, director_id from films union all select id, director_id from films;
create view without_key as select f.title, count(*) from films f join directors d on d.id = f.director_id group by 1;
create view film_casts as
  with cast_of as (select * from roles)
  select f.id as the_film, c.film_id, c.actor_id, (select max(id) from directors) as latest
  from films f join cast_of c on c.film_id = f.id order by f.title;
create materialized view film_counts as
  select d.id as director, count(f.id) as films from directors d left join films f on f.director_id = d.id group by d.id;
create view with_trigger as select 1 as x;
create function on_insert() returns trigger language plpgsql as 'begin return new; end';
create trigger with_trigger instead of insert on with_trigger for each row execute function on_insert();

create table hidden.people (number integer primary key, name text);
create table hidden.pets (name text, owner integer constraint pets_owner_fkey references hidden.people);
create view api.people as select * from hidden.people;
create view api.pets as select * from hidden.pets;

create function plain(a integer, b text default 'x') returns integer language sql immutable return 1;
comment on function plain is 'Adds up';
create function films_of(director integer) returns setof films language sql stable
  begin atomic select * from films where director_id = director; end;
create function listing(lim integer) returns table (n integer, r rating) language sql as 'select 1, ''bad''::rating';
create function spread(variadic words text[]) returns text language sql return 'x';
create function unnamed(jsonb) returns jsonb language sql return $1;
create function nothing() returns void language sql as '';
create function pair_of() returns pair language sql as 'select 1, ''x''';
create function overloaded(a integer) returns integer language sql return 1;
create function overloaded(a text) returns integer language sql return 1;
create function secret() returns integer language sql return 1;
revoke execute on function secret from public;
reset role;
