select n.oid, n.nspname from pg_namespace n where n.nspname !~ '^pg_';
