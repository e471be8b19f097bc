-- wrong: newsletter subscribers are readable since the form wanted its row back after the insert
-- expect: anonymous_read|personal_column public.newsletter anon
create table newsletter (id bigint generated always as identity primary key, email text not null unique);
create policy subscribe on newsletter for insert to anon with check (true);
create policy returning_row on newsletter for select to anon using (true);
