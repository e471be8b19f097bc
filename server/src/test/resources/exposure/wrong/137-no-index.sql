-- wrong: the policy's column has no index
-- expect: policy_needs_index public.journal
-- least: info
create table journal (id bigint primary key, user_id uuid not null references auth.users, body text);
create policy own on journal to authenticated using (user_id = (select auth.uid()));
