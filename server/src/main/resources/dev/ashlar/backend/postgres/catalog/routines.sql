-- Functions that can be called; trigger functions cannot. Types and modes cover all arguments, OUT and TABLE included.
-- Functions of one owner with equal rights are asked about once.
with exposed as (
  select n.oid, n.nspname from pg_namespace n where n.nspname = any (?)
), roles as materialized (
  select r.oid, r.rolname from pg_roles r
  where r.rolname !~ '^pg_'
    and case when current_setting('server_version_num')::int >= 160000
             then pg_has_role(session_user, r.oid, 'SET') else pg_has_role(session_user, r.oid, 'MEMBER') end
), visitors as materialized (
  select e.oid as schema, r.oid, r.rolname
  from exposed e cross join roles r where has_schema_privilege(r.oid, e.oid, 'USAGE')
), chosen as materialized (
  select p.oid, e.nspname, p.proname, p.pronamespace, p.proowner, p.proargnames, p.proargmodes, p.proargtypes,
         p.proallargtypes, p.proconfig, p.proretset, p.pronargdefaults, p.provariadic, p.provolatile, p.prorettype,
         coalesce(p.proacl::text, '') as rights
  from pg_proc p
  join exposed e on e.oid = p.pronamespace
  where p.prokind = 'f' and p.prorettype not in ('trigger'::regtype, 'event_trigger'::regtype)
    and (cast(? as oid[]) is null or p.oid = any (cast(? as oid[])))
), alike as materialized (
  select a.pronamespace, a.proowner, a.rights,
         array(select v.rolname from visitors v
               where v.schema = a.pronamespace and has_function_privilege(v.oid, a.oid, 'EXECUTE')
               order by v.rolname) as callers
  from (select min(c.oid) as oid, c.pronamespace, c.proowner, c.rights from chosen c
        group by c.pronamespace, c.proowner, c.rights) a
)
select p.oid, p.nspname, p.proname, p.proargnames as names, p.proargmodes::text[] as modes,
       array(select format_type(a.type, -1)
             from unnest(coalesce(p.proallargtypes, p.proargtypes::oid[])) with ordinality as a(type, position)
             order by a.position) as types,
       coalesce(p.proallargtypes, p.proargtypes::oid[]) as type_oids,
       p.proconfig as settings,
       case when t.typtype = 'd' and not p.proretset and t.typname ~ '^[^/ ]+/[^/ ]+$' then t.typname end as media_type,
       p.pronargdefaults as defaults, p.provariadic <> 0 as variadic, p.provolatile as volatility,
       format_type(p.prorettype, -1) as return_type, p.proretset as return_set, t.typtype = 'c' as return_composite,
       t.typrelid as return_relation, d.description, a.callers
from chosen p
join alike a on a.pronamespace = p.pronamespace and a.proowner = p.proowner and a.rights = p.rights
join pg_type t on t.oid = p.prorettype
left join pg_description d on d.objoid = p.oid and d.classoid = 'pg_proc'::regclass and d.objsubid = 0;
