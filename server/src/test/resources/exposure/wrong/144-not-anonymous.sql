-- wrong: "everybody but visitors" is every account
-- expect: others_rows_readable|others_rows_writable public.prescriptions authenticated
create table prescriptions (id int primary key, patient_id uuid not null references auth.users, drug text);
create policy closed on prescriptions to authenticated using ((select auth.jwt() ->> 'role') <> 'anon');
