-- right: a ticket can be changed by who opened it as long as it is open
create type ticket_state as enum ('open', 'answered', 'closed');
create table tickets (id int generated always as identity primary key, opened_by uuid not null references auth.users, state ticket_state not null default 'open', question text);
create index on tickets (opened_by);
create policy own on tickets for select to authenticated using (opened_by = (select auth.uid()));
create policy asking on tickets for insert to authenticated with check (opened_by = (select auth.uid()) and state = 'open');
create policy changing on tickets for update to authenticated using (opened_by = (select auth.uid()) and state = 'open') with check (opened_by = (select auth.uid()));
