-- Parameter: oids of relations. Of a partitioned table the rows of all partitions count.
select c.oid, (select coalesce(sum(p.reltuples), 0)::bigint
  from pg_catalog.pg_class p
  where p.reltuples > 0
    and (p.oid = c.oid or p.oid in (select t.relid from pg_catalog.pg_partition_tree(c.oid) t
      where t.isleaf))) as estimate
from pg_catalog.pg_class c
where c.oid = any (?::oid[]) and c.relkind in ('r', 'p')
