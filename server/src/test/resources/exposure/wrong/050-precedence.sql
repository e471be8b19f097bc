-- wrong: AND binds before OR, so sent letters of all can be changed
-- expect: others_rows_writable public.letters authenticated
create table letters (id int primary key, user_id uuid not null references auth.users, status text not null check (status in ('draft', 'sent')), body text);
create index on letters (user_id);
create policy reading on letters for select to authenticated using (user_id = (select auth.uid()) or status = 'sent');
create policy changing on letters for update to authenticated
  using (user_id = (select auth.uid()) and status = 'draft' or status = 'sent');
