-- wrong: compares the claim with nothing: only whether there is one
-- plain
-- expect: others_rows_readable|others_rows_writable public.samples authenticated
create table samples (id int primary key, user_id uuid not null, body text);
alter table samples enable row level security;
create policy own on samples to authenticated using (nullif(current_setting('request.jwt.claims', true), '') is not null);
grant select, insert, update, delete on samples to authenticated;
