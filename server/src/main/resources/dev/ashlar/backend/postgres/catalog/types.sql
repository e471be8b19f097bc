-- Domains and enumerations: what columns and arguments need beyond the name of their type.
select t.oid, t.typbasetype, format_type(t.typbasetype, -1) as base_type, t.typnotnull,
       array(select e.enumlabel from pg_enum e where e.enumtypid = t.oid order by e.enumsortorder) as labels
from pg_type t
where t.typtype in ('d', 'e') and t.typnamespace <> 'information_schema'::regnamespace;
