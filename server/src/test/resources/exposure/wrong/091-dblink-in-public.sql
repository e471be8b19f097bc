-- wrong: an extension that reaches other servers was created in the served schema
-- as: superuser
-- expect: outside_function *
create extension dblink schema public;
