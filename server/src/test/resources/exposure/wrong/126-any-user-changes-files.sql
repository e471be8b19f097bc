-- wrong: every account replaces and deletes everybody's pictures
-- expect: bucket_open|others_rows_writable storage.buckets/avatars|storage.objects authenticated
insert into storage.buckets (id, name, public, file_size_limit, allowed_mime_types) values ('avatars', 'avatars', true, 1000000, '{image/png}');
create policy "avatars" on storage.objects to authenticated using (bucket_id = 'avatars') with check (bucket_id = 'avatars');
