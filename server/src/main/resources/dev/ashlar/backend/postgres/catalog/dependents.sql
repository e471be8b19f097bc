-- What must be read again besides what changed itself: relations and routines that name one of the types, or the row
-- type of one of the renamed relations; views over these or over changed relations, through any number of views, since
-- what can be written to a view depends on what is below it; and routines that return rows of any of them.
with recursive named (oid) as (
  select t.oid from pg_type t
  where t.oid = any (cast(? as oid[])) or t.typrelid <> 0 and t.typrelid = any (cast(? as oid[]))
  union
  select t.oid from pg_type t join named n on n.oid in (t.typbasetype, t.typelem)
), types as materialized (
  select array(select n.oid from named n) as oids
), changed (oid) as (
  select c.oid from pg_class c where c.oid = any (cast(? as oid[]))
  union
  select a.attrelid from pg_attribute a join named n on n.oid = a.atttypid where a.attnum > 0
), above (oid) as (
  select c.oid from changed c
  union
  select w.ev_class from above a
  join pg_depend d on d.refclassid = 'pg_class'::regclass and d.refobjid = a.oid and d.classid = 'pg_rewrite'::regclass
  join pg_rewrite w on w.oid = d.objid
)
select 'relation' as kind, a.oid from above a
union
select 'routine', p.oid from pg_proc p cross join types t
where p.oid >= 16384
  and (p.prorettype = any (t.oids) or p.proargtypes::oid[] && t.oids or p.proallargtypes && t.oids)
union
select 'routine', p.oid from pg_proc p join pg_type t on t.oid = p.prorettype join above a on a.oid = t.typrelid
where p.oid >= 16384;
