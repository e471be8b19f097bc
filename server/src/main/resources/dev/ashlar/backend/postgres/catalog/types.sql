-- Domains and enumerations: what columns and arguments need beyond the name of their type. Casts of domains mean nothing
-- to the server; their functions give the form on the wire.
with forms as materialized (
  select c.castsource, c.casttarget, n.nspname, p.proname
  from pg_cast c
  join pg_proc p on p.oid = c.castfunc and p.pronargs = 1
  join pg_namespace n on n.oid = p.pronamespace
  where c.oid >= 16384
)
select t.oid, t.typbasetype, format_type(t.typbasetype, -1) as base_type, t.typnotnull, t.typtypmod, t.typdefault,
       array(select e.enumlabel from pg_enum e where e.enumtypid = t.oid order by e.enumsortorder) as labels,
       j.nspname as to_json_schema, j.proname as to_json,
       k.nspname as from_json_schema, k.proname as from_json,
       x.nspname as from_text_schema, x.proname as from_text
from pg_type t
left join forms j on t.typtype = 'd' and j.castsource = t.oid and j.casttarget = 'json'::regtype
left join forms k on t.typtype = 'd' and k.casttarget = t.oid and k.castsource = 'json'::regtype
left join forms x on t.typtype = 'd' and x.casttarget = t.oid and x.castsource = 'text'::regtype
where t.typtype in ('d', 'e') and t.typnamespace <> 'information_schema'::regnamespace;
