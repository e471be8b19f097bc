-- wrong: visitors upload files
-- expect: bucket_open|anonymous_write storage.buckets/uploads|storage.objects anon
insert into storage.buckets (id, name, public, file_size_limit, allowed_mime_types) values ('uploads', 'uploads', false, 5000000, '{image/png}');
create policy "give anyone access" on storage.objects for insert with check (bucket_id = 'uploads');
