-- Those that partitions inherit (conparentid) would only repeat their parent's; partitions have no relationships.
select f.conname, f.conrelid, f.conkey, f.confrelid, f.confkey
from pg_constraint f
join pg_class o on o.oid = f.conrelid and not o.relispartition
where f.contype = 'f' and f.conparentid = 0
  and (cast(? as oid[]) is null or f.conrelid = any (cast(? as oid[])))
order by f.conname, f.conrelid;
