-- One snapshot for all that follows. With an empty search_path the server writes every type outside of pg_catalog with
-- its schema, so that its name means the same in any session.
start transaction isolation level repeatable read, read only;
set local search_path = '';
