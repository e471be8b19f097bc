-- One snapshot for all that follows. With an empty search_path the server writes every type outside of pg_catalog with
-- its schema, so that its name means the same in any session. Nothing here should wait for a lock; what does after all
-- gives up and is tried again.
set transaction isolation level repeatable read, read only;
set local search_path = '';
set local jit = off;
set local lock_timeout = '2s';
