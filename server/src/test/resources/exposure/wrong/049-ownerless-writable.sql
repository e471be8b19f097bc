-- wrong: templates without an owner were to be readable, and are writable
-- expect: shared_rows_writable|others_rows_writable|row_taken_over public.templates authenticated
create table templates (id int primary key, user_id uuid references auth.users, body text);
create index on templates (user_id);
create policy own_or_shared on templates to authenticated using (user_id = (select auth.uid()) or user_id is null);
