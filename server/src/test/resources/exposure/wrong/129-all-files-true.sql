-- wrong: one policy opens the files of all buckets
-- expect: bucket_open|anonymous_read|anonymous_write|policy_always_true storage.objects|storage.buckets/scans anon
insert into storage.buckets (id, name, public, file_size_limit, allowed_mime_types) values ('scans', 'scans', false, 5000000, '{image/png}');
create policy everything on storage.objects using (true) with check (true);
