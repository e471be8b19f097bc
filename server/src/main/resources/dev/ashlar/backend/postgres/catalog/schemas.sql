select n.nspname, obj_description(n.oid, 'pg_namespace') as description from pg_namespace n where n.nspname = any (?);
