-- Parameters: milliseconds for a statement.
-- Nothing is written; names come back with their schemas.
select pg_catalog.set_config('search_path', '', true),
  pg_catalog.set_config('jit', 'off', true),
  pg_catalog.set_config('lock_timeout', '2s', true),
  pg_catalog.set_config('statement_timeout', ?, true)
