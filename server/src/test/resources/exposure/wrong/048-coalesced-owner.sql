-- wrong: COALESCE makes every row without an owner everybody's own
-- expect: shared_rows_writable|others_rows_writable|row_taken_over public.devices authenticated
create table devices (id int primary key, owner uuid references auth.users, name text);
create policy own on devices to authenticated using (coalesce(owner, (select auth.uid())) = (select auth.uid()));
