-- wrong: a home-made sign-in compares passwords with the owner's rights and gives the row out
-- expect: security_definer_function|secret_column public.login anon
create table people (id int primary key, name text unique, password text);
revoke all on people from anon, authenticated;
create function login(p_name text, p_password text) returns setof people language sql stable security definer set search_path = '' as
  'select * from public.people where name = p_name and password = p_password';
