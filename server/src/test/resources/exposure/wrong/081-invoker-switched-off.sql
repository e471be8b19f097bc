-- wrong: security_invoker was switched off since the list had been empty
-- since: 15
-- expect: view_bypasses_rls public.inbox
create table mails (id int primary key, recipient uuid not null references auth.users, subject text);
create index on mails (recipient);
create policy own on mails for select to authenticated using (recipient = (select auth.uid()));
create view inbox with (security_invoker = true) as select * from mails;
alter view inbox set (security_invoker = false);
grant select on inbox to authenticated;
