-- wrong: the policy was written, ENABLE ROW LEVEL SECURITY was not
-- plain
-- expect: policy_without_rls|rls_disabled public.messages
create table messages (id bigserial primary key, sender uuid not null, body text);
create policy own on messages for select to authenticated
  using (sender = (select (current_setting('request.jwt.claims', true)::json ->> 'sub')::uuid));
grant select on messages to authenticated;
