-- wrong: visitors list and read the files of a private bucket
-- expect: bucket_open|anonymous_read storage.buckets/documents|storage.objects anon
insert into storage.buckets (id, name, public, file_size_limit, allowed_mime_types) values ('documents', 'documents', false, 5000000, '{application/pdf}');
create policy "docs read" on storage.objects for select using (bucket_id = 'documents');
