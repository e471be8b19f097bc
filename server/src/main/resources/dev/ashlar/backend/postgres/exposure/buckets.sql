select b.id, coalesce(b.public, false) as open, b.file_size_limit, coalesce(b.allowed_mime_types, '{}')::text[] as types
from storage.buckets b
order by b.id
limit 1000
