-- wrong: every account creates and changes buckets
-- expect: bucket_open|others_rows_writable|shared_rows_writable|policy_always_true storage.buckets authenticated
create policy manage on storage.buckets to authenticated using (true) with check (true);
