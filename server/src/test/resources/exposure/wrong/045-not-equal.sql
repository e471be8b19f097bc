-- wrong: the comparison is the wrong way round
-- expect: others_rows_readable|others_rows_writable public.letters authenticated
create table letters (id int primary key, owner uuid not null references auth.users, body text);
create policy own on letters to authenticated using (owner <> (select auth.uid()));
