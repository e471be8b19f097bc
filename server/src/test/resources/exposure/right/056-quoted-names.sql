-- right: names that need quotes, as some tools make them
create table "UserSettings" ("Id" uuid primary key default gen_random_uuid(), "userId" uuid not null references auth.users, "Dark Mode" boolean);
create index on "UserSettings" ("userId");
create policy "Own settings" on "UserSettings" to authenticated using ("userId" = (select auth.uid())) with check ("userId" = (select auth.uid()));
