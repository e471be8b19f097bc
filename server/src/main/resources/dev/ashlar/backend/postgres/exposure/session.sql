-- Names come back with their schemas, and nothing waits long for anybody.
set transaction isolation level repeatable read;
set local search_path = '';
set local jit = off;
set local lock_timeout = '2s';
set local statement_timeout = '30s';
