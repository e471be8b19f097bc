-- wrong: a function finds accounts by address, for anybody
-- expect: security_definer_function|auth_users_exposed public.find_user_by_email
create function find_user_by_email(address text) returns table (id uuid, email text, created_at timestamptz)
language sql stable security definer set search_path = '' as
  'select u.id, u.email, u.created_at from auth.users u where u.email = address';
