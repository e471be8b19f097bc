-- wrong: asks for the database role, which all accounts share
-- expect: others_rows_readable|others_rows_writable public.vaccinations authenticated
create table vaccinations (id int primary key, person uuid not null references auth.users, vaccine text);
create policy own on vaccinations using (current_user = 'authenticated');
