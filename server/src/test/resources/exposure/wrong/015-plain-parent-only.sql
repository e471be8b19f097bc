-- wrong: row-level security and policy stand on the partitioned table only; partitions are reached by name
-- plain
-- expect: rls_disabled public.readings_1
create table readings (id int, owner uuid, value float8) partition by hash (id);
create table readings_0 partition of readings for values with (modulus 2, remainder 0);
create table readings_1 partition of readings for values with (modulus 2, remainder 1);
alter table readings enable row level security;
create policy own on readings to authenticated
  using (owner = (select (current_setting('request.jwt.claims', true)::json ->> 'sub')::uuid));
grant select, insert on readings, readings_0, readings_1 to authenticated;
