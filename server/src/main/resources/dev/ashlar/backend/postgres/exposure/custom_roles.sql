-- Roles that tokens can name: those that the login of a data API can switch to, the built-in ones aside.
-- Parameters: names of logins, names of the roles that are known already.
select r.rolname
from pg_catalog.pg_roles r
where exists (
    select from pg_catalog.pg_roles login
    where login.rolname = any (?::text[]) and not login.rolsuper and login.oid <> r.oid
      and pg_catalog.pg_has_role(login.oid, r.oid, 'MEMBER'))
  and r.rolname <> all (?::text[]) and r.rolname !~ '^pg_'
order by r.rolname
limit 50
