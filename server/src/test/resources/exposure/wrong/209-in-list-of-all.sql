-- wrong: the caller's id is looked up in the list of all accounts
-- expect: others_rows_readable|others_rows_writable public.medications authenticated
create table patients (id uuid primary key references auth.users, name text);
create policy own on patients for select to authenticated using (id = (select auth.uid()));
create table medications (id int primary key, patient_id uuid not null references patients, drug text);
create policy own on medications to authenticated using ((select auth.uid()) in (select id from patients));
