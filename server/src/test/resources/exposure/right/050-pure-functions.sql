-- right: functions that compute and touch nothing
create function slug(title text) returns text language sql immutable set search_path = '' as $$ select lower(regexp_replace(title, '[^a-zA-Z0-9]+', '-', 'g')) $$;
create function add(a int, b int) returns int language sql immutable as 'select a + b';
