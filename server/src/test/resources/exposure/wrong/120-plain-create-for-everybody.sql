-- wrong: everybody may create in public, as before PostgreSQL 15
-- plain
-- expect: schema_create public
grant all on schema public to public;
