-- Parameters: an id or an e-mail address, twice.
select u.id::text, u.email, u.phone, u.role, u.aud, u.is_anonymous,
  u.raw_app_meta_data::text as app_metadata, u.raw_user_meta_data::text as user_metadata
from auth.users u
where u.id::text = pg_catalog.lower(?) or pg_catalog.lower(u.email) = pg_catalog.lower(?)
limit 1
