-- wrong: IS NOT DISTINCT FROM makes rows without an owner belong to callers without an account
-- expect: anonymous_read|anonymous_write public.drafts anon
create table drafts (id int primary key, user_id uuid references auth.users, body text);
create policy own on drafts using (user_id is not distinct from (select auth.uid()));
