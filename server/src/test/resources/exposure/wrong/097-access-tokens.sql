-- wrong: tokens of connected services are readable by all who are signed in
-- expect: secret_column|others_rows_readable public.integrations authenticated
create table integrations (id int primary key, owner uuid not null references auth.users, provider text, access_token text, refresh_token text);
create policy reading on integrations for select using ((select auth.uid()) is not null);
