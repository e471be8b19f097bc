-- wrong: compared with NULL by =, which is never true
-- expect: policy_never_allows public.tickets
-- least: low
create table tickets (id int primary key, assignee uuid references auth.users, title text);
create policy unassigned on tickets for select to authenticated using (assignee = null);
