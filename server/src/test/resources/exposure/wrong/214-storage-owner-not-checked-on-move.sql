-- wrong: the own file can be moved into anybody's folder
-- expect: bucket_open|row_given_away|others_rows_writable|insert_as_other|policy_always_true storage.objects|storage.buckets/papers
insert into storage.buckets (id, name, public, file_size_limit, allowed_mime_types) values ('papers', 'papers', false, 5000000, '{application/pdf}');
create policy reading on storage.objects for select to authenticated using (bucket_id = 'papers' and owner_id = (select auth.uid()::text));
create policy moving on storage.objects for update to authenticated using (bucket_id = 'papers' and owner_id = (select auth.uid()::text)) with check (true);
