-- wrong: auth.uid() is called once per row
-- expect: per_row_call public.measurements
-- least: info
create table measurements (id bigint primary key, user_id uuid not null references auth.users, value float8);
create index on measurements (user_id);
create policy own on measurements to authenticated using (auth.uid() = user_id);
