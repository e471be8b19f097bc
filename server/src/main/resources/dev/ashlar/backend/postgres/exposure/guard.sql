-- Whether a trigger of ours closes new tables, and whether there are buckets.
select exists (select from pg_catalog.pg_event_trigger where evtname = 'ashlar_on_ddl' and evtenabled in ('O', 'A'))
    as closes,
  pg_catalog.to_regclass('storage.buckets') is not null
    and pg_catalog.has_table_privilege(pg_catalog.to_regclass('storage.buckets')::pg_catalog.oid, 'SELECT') as buckets
