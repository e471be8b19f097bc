-- wrong: using (true) without a role: the whole internet writes
-- expect: anonymous_write|policy_always_true public.guests anon
create table guests (id uuid primary key default gen_random_uuid(), name text, coming boolean);
create policy anything on guests using (true);
