-- The columns of each index that serves all rows, in order. Parameter: oids of relations.
select i.indrelid, i.indisunique,
  array(select pg_catalog.pg_get_indexdef(i.indexrelid, place::integer, true)
    from generate_series(1, i.indnkeyatts) place order by place)::text[] as columns
from pg_catalog.pg_index i
where i.indrelid = any (?::oid[]) and i.indisvalid and i.indpred is null
order by i.indrelid, i.indexrelid
