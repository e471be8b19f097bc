-- wrong: a function of the superuser's reads any file of the server for its callers
-- as: superuser
-- expect: outside_function|security_definer_function public.read_log
create function public.read_log(path text) returns text language sql security definer set search_path = '' as
  'select pg_read_file(path)';
