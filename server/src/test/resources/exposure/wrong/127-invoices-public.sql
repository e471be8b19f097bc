-- wrong: invoices lie in a public bucket, which asks no policy
-- expect: bucket_open storage.buckets/invoices
insert into storage.buckets (id, name, public, file_size_limit, allowed_mime_types) values ('invoices', 'invoices', true, 5000000, '{application/pdf}');
