-- wrong: a table with quoted names, open to everybody
-- expect: anonymous_write|anonymous_read|policy_always_true|personal_column public.User
create table "User" (id text primary key, "emailAddress" text, "createdAt" timestamp default now());
create policy "allow all" on "User" for all to public using (true) with check (true);
