-- Parameter: oids of relations.
select t.tgrelid, t.tgname, n.nspname || '.' || f.proname as function, l.lanname, (t.tgtype & 66) <> 0 as before,
  (t.tgtype & 1) <> 0 as per_row, (t.tgtype & 4) <> 0 as on_insert, (t.tgtype & 8) <> 0 as on_delete,
  (t.tgtype & 16) <> 0 as on_update, t.tgenabled in ('O', 'A') as enabled, f.prosecdef, f.prosrc
from pg_catalog.pg_trigger t
join pg_catalog.pg_proc f on f.oid = t.tgfoid
join pg_catalog.pg_namespace n on n.oid = f.pronamespace
join pg_catalog.pg_language l on l.oid = f.prolang
where t.tgrelid = any (?::oid[]) and not t.tgisinternal
order by t.tgrelid, t.tgname
