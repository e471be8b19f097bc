-- wrong: the rule that asks for a second factor is permissive, so whoever has one sees everything
-- expect: others_rows_readable|others_rows_writable public.health_records authenticated
create table health_records (id int primary key, patient_id uuid not null references auth.users, finding text);
create index on health_records (patient_id);
create policy own on health_records for select to authenticated using (patient_id = (select auth.uid()));
create policy strong on health_records for select to authenticated using ((select auth.jwt() ->> 'aal') = 'aal2');
