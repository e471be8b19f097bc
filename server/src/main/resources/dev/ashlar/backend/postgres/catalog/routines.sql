-- Functions that can be called; trigger functions cannot. Types and modes cover all arguments, OUT and TABLE included.
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
)
select e.nspname, p.proname, p.proargnames as names, p.proargmodes::text[] as modes,
       array(select format_type(a.type, -1)
             from unnest(coalesce(p.proallargtypes, p.proargtypes::oid[])) with ordinality as a(type, position)
             order by a.position) as types,
       coalesce(p.proallargtypes, p.proargtypes::oid[]) as type_oids,
       p.pronargdefaults as defaults, p.provariadic <> 0 as variadic, p.provolatile as volatility,
       format_type(p.prorettype, -1) as return_type, p.proretset as return_set, t.typtype = 'c' as return_composite,
       t.typrelid as return_relation, d.description,
       array(select v.rolname from visitors v
             where v.schema = p.pronamespace and has_function_privilege(v.oid, p.oid, 'EXECUTE')) as callers
from pg_proc p
join exposed e on e.oid = p.pronamespace
join pg_type t on t.oid = p.prorettype
left join pg_description d on d.objoid = p.oid and d.classoid = 'pg_proc'::regclass and d.objsubid = 0
where p.prokind = 'f' and p.prorettype not in ('trigger'::regtype, 'event_trigger'::regtype)
order by e.nspname, p.proname, p.oid;
