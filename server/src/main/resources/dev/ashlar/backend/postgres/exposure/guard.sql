-- Whether a trigger of ours closes new tables, and whether there are buckets that the login may read.
select exists (select from pg_catalog.pg_event_trigger where evtname = 'ashlar_on_ddl' and evtenabled in ('O', 'A'))
    as closes,
  exists (select from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'storage' and c.relname = 'buckets'
      and pg_catalog.has_schema_privilege(n.oid, 'USAGE') and pg_catalog.has_table_privilege(c.oid, 'SELECT'))
    as buckets
