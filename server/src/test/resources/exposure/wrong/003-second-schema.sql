-- wrong: a second schema was exposed, and the tables in it had never been closed
-- schemas: public,api
-- expect: rls_disabled api.invoices anon
create schema api;
grant usage on schema api to anon, authenticated;
create table api.invoices (id int primary key, customer uuid, total numeric(10, 2));
grant select, insert, update, delete on api.invoices to anon, authenticated;
