-- right: a private channel for each account
create policy own_channel on realtime.messages for select to authenticated using ((select realtime.topic()) = 'user:' || (select auth.uid())::text);
