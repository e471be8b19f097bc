-- right: UPDATE without WITH CHECK: the condition of USING holds for the new row too
create table reservations (id int primary key, user_id uuid not null references auth.users, note text);
create index on reservations (user_id);
create policy reading on reservations for select to authenticated using (user_id = (select auth.uid()));
create policy changing on reservations for update to authenticated using (user_id = (select auth.uid()));
