-- wrong: national numbers of all employees are readable by all employees
-- expect: secret_column|personal_column|others_rows_readable public.employees authenticated
create table employees (id uuid primary key references auth.users, name text, ssn text);
create policy reading on employees for select to authenticated using (true);
