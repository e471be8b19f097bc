-- wrong: the schema of accounts is served by the data API
-- schemas: public,auth
-- expect: schema_exposed auth
select 1;
