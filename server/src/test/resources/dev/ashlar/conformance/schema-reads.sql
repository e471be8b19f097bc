-- What the conformance cases of reads run on. Run by the superuser.
create schema sky;
create schema annals;
create schema vault;
grant usage on schema sky, annals to anon, authenticated;

create type sky.grade as enum ('low', 'mid', 'high');
create type sky.spot as (x int, y int);
create domain sky.label as text check (length(value) < 40);

create table sky.country (code text primary key, name text not null);
create table sky.site (
  id int primary key, name text not null, country text constraint site_country_fkey references sky.country (code),
  height int, opened date);
create table sky.person (
  id int primary key, name text not null, boss_id int constraint person_boss_id_fkey references sky.person (id),
  born date, motto text);
create table sky.scope (
  id int primary key, name text not null,
  site_id int constraint scope_site_id_fkey references sky.site (id),
  owner_id int constraint scope_owner_id_fkey references sky.person (id),
  keeper_id int constraint scope_keeper_id_fkey references sky.person (id),
  aperture numeric, grade sky.grade, tags text[], specs jsonb, notes text);
create table sky.manual (
  scope_id int primary key constraint manual_scope_id_fkey references sky.scope (id), title text, pages int);
create table sky.target (id int primary key, name text not null, kind text, mag numeric);
create table sky.sighting (
  scope_id int constraint sighting_scope_id_fkey references sky.scope (id),
  target_id int constraint sighting_target_id_fkey references sky.target (id),
  seen int, primary key (scope_id, target_id));
create table sky.night (
  site_id int constraint night_site_id_fkey references sky.site (id), day date, seeing int, primary key (site_id, day));
create table sky.frame (
  id int primary key, site_id int, day date, exposure numeric,
  constraint frame_night_fkey foreign key (site_id, day) references sky.night (site_id, day));
create table sky.trip (
  id int primary key,
  from_site int constraint trip_from_site_fkey references sky.site (id),
  to_site int constraint trip_to_site_fkey references sky.site (id));

-- Every type.
create table sky.kinds (
  id int primary key, big int8, small int2, num numeric, flt float8, rl real, flag bool, txt text, vc varchar(5),
  ch char(3), raw bytea, js json, jb jsonb, ints int[], words text[], grid int[], day date, at timestamptz, ts timestamp,
  tm time, iv interval, u uuid, ip inet, rng int4range, drng daterange, grade sky.grade, spot sky.spot, lab sky.label,
  bits bit(3));
create table sky.pick (id int primary key, kinds_id int constraint pick_kinds_id_fkey references sky.kinds (id));
create table sky.doc (id int primary key, body text, vec tsvector, meta jsonb);
create table sky."Odd Table" (
  id int primary key, "Has Space" text, "quo""te" text, "comma,col" text, "dot.col" text, "UPPER" int, "ключ" text,
  "paren(s)" text, "col:on" text, "select" text);
create table sky.empty (id int primary key, name text);
create table sky.digit (n int primary key, word text);
create table sky.locked (id int primary key, secret text);

-- Partitions.
create table sky.log (
  id int, day date, msg text, site_id int constraint log_site_id_fkey references sky.site (id), primary key (id, day))
  partition by range (day);
create table sky.log_2023 partition of sky.log for values from ('2023-01-01') to ('2024-01-01');
create table sky.log_2024 partition of sky.log for values from ('2024-01-01') to ('2025-01-01');

-- Views: simple, renamed, joined, of a view, materialized.
create view sky.scope_view as select * from sky.scope;
create view sky.scope_renamed as select id as scope_key, name as label, site_id as place from sky.scope;
create view sky.scope_at as
  select s.id, s.name, s.site_id, t.name as site_name, t.country from sky.scope s join sky.site t on t.id = s.site_id;
create view sky.scope_nested as select scope_key, label, place from sky.scope_renamed;
create view sky.tall_site as with t as (select * from sky.site where height > 2500) select id, name, height from t;
create view sky.site_total as select site_id, count(*) as scopes from sky.scope where site_id is not null group by site_id;
create materialized view sky.site_copy as select id, name, country from sky.site;

-- Functions of a row.
create function sky.tag(sky.person) returns text stable language sql as $$ select $1.name || '#' || $1.id $$;
create function sky.depth(sky.scope) returns int stable language sql as $$ select coalesce(cardinality($1.tags), 0) $$;
create function sky.big_scopes(sky.person) returns setof sky.scope stable language sql as
  $$ select * from sky.scope where owner_id = $1.id and aperture > 2 $$;
create function sky.home(sky.person) returns setof sky.site rows 1 stable language sql as
  $$ select * from sky.site where id = $1.id $$;

-- Functions.
create function sky.scopes_of(place int) returns setof sky.scope stable language sql as
  $$ select * from sky.scope where site_id = place $$;
create function sky.one_scope(key int) returns sky.scope stable language sql as
  $$ select * from sky.scope where id = key $$;
create function sky.add(a int, b int default 10) returns int immutable language sql as $$ select a + b $$;
create function sky.countdown(n int) returns setof int immutable language sql as
  $$ select i from generate_series(n, 1, -1) i $$;
create function sky.pairs() returns table (a int, b text) immutable language sql as
  $$ values (1, 'x'), (2, 'y'), (3, 'z') $$;

-- Other schemas.
create table annals.event (id int primary key, title text);
create table annals.scope (id int primary key, note text);
create table vault.secret (id int primary key, word text);

grant select on all tables in schema sky to anon, authenticated;
grant select on all tables in schema annals to anon, authenticated;
revoke all on sky.locked from anon, authenticated, public;
grant execute on all functions in schema sky to anon, authenticated;

-- Two ways through junctions.
create table sky.band (id int primary key, name text);
create table sky.fan (id int primary key, name text);
create table sky.likes (
  band_id int constraint likes_band_id_fkey references sky.band (id),
  fan_id int constraint likes_fan_id_fkey references sky.fan (id), primary key (band_id, fan_id));
create table sky.plays (
  band_id int constraint plays_band_id_fkey references sky.band (id),
  fan_id int constraint plays_fan_id_fkey references sky.fan (id), primary key (band_id, fan_id));
grant select on sky.band, sky.fan, sky.likes, sky.plays to anon, authenticated;
