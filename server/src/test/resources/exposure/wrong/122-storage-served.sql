-- wrong: the schema of files is served by the data API
-- schemas: public,storage
-- expect: schema_exposed storage
select 1;
