-- wrong: every account joins every private channel
-- expect: others_rows_readable|policy_always_true|shared_rows_writable realtime.messages authenticated
-- least: low
create policy "join" on realtime.messages for select to authenticated using (true);
create policy "send" on realtime.messages for insert to authenticated with check (true);
