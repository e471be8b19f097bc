-- The query trees of views; the origin of each output column is read from them (see NodeTree).
select r.ev_class, r.ev_action::text as tree
from pg_rewrite r
join pg_class c on c.oid = r.ev_class
where r.rulename = '_RETURN' and c.relkind in ('v', 'm')
  and c.relnamespace not in ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)
  and (cast(? as oid[]) is null or c.oid = any (cast(? as oid[])));
