-- wrong: a bucket that users write takes files of any size and type
-- expect: bucket_unlimited storage.buckets/media
-- least: low
insert into storage.buckets (id, name, public) values ('media', 'media', false);
create policy own on storage.objects for insert to authenticated
  with check (bucket_id = 'media' and (storage.foldername(name))[1] = (select auth.uid())::text);
