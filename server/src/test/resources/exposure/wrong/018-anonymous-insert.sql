-- wrong: anybody, without an account, publishes under any author's name
-- expect: anonymous_write|insert_as_other|policy_always_true public.posts anon
create table posts (id uuid primary key default gen_random_uuid(), author_id uuid references auth.users, title text not null, body text);
create policy readable on posts for select using (true);
create policy writable on posts for insert with check (true);
