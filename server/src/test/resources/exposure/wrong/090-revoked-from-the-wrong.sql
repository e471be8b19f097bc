-- wrong: EXECUTE was revoked from anon, who has it by PUBLIC
-- expect: security_definer_function public.refund anon
create table payments (id int primary key, user_id uuid references auth.users, refunded boolean default false);
create index on payments (user_id);
create policy own on payments for select to authenticated using (user_id = (select auth.uid()));
create function refund(payment int) returns void language sql security definer set search_path = '' as
  'update public.payments set refunded = true where id = payment';
revoke execute on function refund(int) from anon, authenticated;
