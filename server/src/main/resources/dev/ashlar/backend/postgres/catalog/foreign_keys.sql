-- Those that partitions inherit (conparentid) would only repeat their parent's.
select f.conname, f.conrelid, f.conkey, f.confrelid, f.confkey
from pg_constraint f
where f.contype = 'f' and f.conparentid = 0
order by f.conname, f.conrelid;
