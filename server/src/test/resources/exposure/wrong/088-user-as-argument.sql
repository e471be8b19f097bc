-- wrong: the caller says who they are by an argument
-- expect: security_definer_function public.my_messages
create table messages (id int primary key, recipient uuid not null references auth.users, body text);
create index on messages (recipient);
create policy own on messages for select to authenticated using (recipient = (select auth.uid()));
create function my_messages(p_user_id uuid) returns setof messages language sql stable security definer set search_path = '' as
  'select * from public.messages where recipient = p_user_id';
revoke execute on function my_messages(uuid) from public;
grant execute on function my_messages(uuid) to authenticated;
