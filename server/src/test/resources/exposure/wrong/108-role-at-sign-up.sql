-- wrong: the role is set at the insert of one's own profile
-- expect: privilege_column_writable public.accounts authenticated
create table accounts (user_id uuid primary key references auth.users, name text, user_role text default 'user');
create policy seeing on accounts for select to authenticated using (user_id = (select auth.uid()));
create policy signing_up on accounts for insert to authenticated with check (user_id = (select auth.uid()));
