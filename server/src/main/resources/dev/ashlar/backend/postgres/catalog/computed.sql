-- Functions of one row of an exposed relation. Those of the searched schemas can be found from any of them, others only
-- from relations of their own schema; the first found wins.
select n.nspname, p.proname, a.typrelid as relation, p.proretset as return_set, p.prorows <= 1 as return_one,
       p.prorettype as return_type_oid, format_type(p.prorettype, -1) as return_type, t.typrelid as return_relation,
       d.description
from pg_proc p
join pg_namespace n on n.oid = p.pronamespace
join pg_type a on a.oid = p.proargtypes[0] and a.typrelid <> 0
join pg_class c on c.oid = a.typrelid and c.relkind in ('r', 'p', 'v', 'm', 'f')
join pg_namespace o on o.oid = c.relnamespace and o.nspname = any (?)
join pg_type t on t.oid = p.prorettype
cross join (select cast(? as text[]) as searched) s
left join pg_description d on d.objoid = p.oid and d.classoid = 'pg_proc'::regclass and d.objsubid = 0
where p.pronargs = 1 and p.prokind = 'f' and (n.oid = o.oid or n.nspname = any (s.searched))
  and p.prorettype not in ('void'::regtype, 'trigger'::regtype, 'event_trigger'::regtype)
order by n.oid <> o.oid, array_position(s.searched, n.nspname::text), p.proname, p.oid;
