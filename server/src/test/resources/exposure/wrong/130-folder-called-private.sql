-- wrong: compares the folder with a word instead of the caller
-- expect: bucket_open|others_rows_readable|others_rows_writable storage.objects|storage.buckets/vaults authenticated
insert into storage.buckets (id, name, public, file_size_limit, allowed_mime_types) values ('vaults', 'vaults', false, 5000000, '{image/png}');
create policy "own folder" on storage.objects to authenticated
  using (bucket_id = 'vaults' and (storage.foldername(name))[1] = 'private');
