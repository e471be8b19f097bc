-- wrong: visitors send to private channels
-- expect: anonymous_write|policy_always_true realtime.messages anon
create policy "send" on realtime.messages for insert to anon with check (true);
