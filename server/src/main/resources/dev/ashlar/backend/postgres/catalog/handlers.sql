-- Aggregates of rows whose result is a domain named like a media type.
select t.typname as media_type, n.nspname, p.proname, a.typrelid as relation
from pg_proc p
join pg_namespace n on n.oid = p.pronamespace
join pg_type t on t.oid = p.prorettype and t.typtype = 'd' and t.typname ~ '^[^/ ]+/[^/ ]+$'
join pg_type a on a.oid = p.proargtypes[0] and (a.oid = 'anyelement'::regtype or a.typrelid <> 0)
cross join (select cast(? as text[]) as searched) s
where p.prokind = 'a' and p.pronargs = 1 and n.nspname = any (s.searched)
order by array_position(s.searched, n.nspname::text), t.typname, p.proname, p.oid;
