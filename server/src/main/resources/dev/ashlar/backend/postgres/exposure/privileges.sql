-- What roles may do by grants, whatever gave them. Parameters: oids of relations, names of roles.
select c.oid, r.rolname,
  pg_catalog.has_schema_privilege(r.oid, c.relnamespace, 'USAGE') as usage,
  array(select a.attname from pg_catalog.pg_attribute a where a.attrelid = c.oid and a.attnum > 0
    and not a.attisdropped and pg_catalog.has_column_privilege(r.oid, c.oid, a.attnum, 'SELECT')
    order by a.attnum)::text[] as "select",
  array(select a.attname from pg_catalog.pg_attribute a where a.attrelid = c.oid and a.attnum > 0
    and not a.attisdropped and pg_catalog.has_column_privilege(r.oid, c.oid, a.attnum, 'INSERT')
    order by a.attnum)::text[] as "insert",
  array(select a.attname from pg_catalog.pg_attribute a where a.attrelid = c.oid and a.attnum > 0
    and not a.attisdropped and pg_catalog.has_column_privilege(r.oid, c.oid, a.attnum, 'UPDATE')
    order by a.attnum)::text[] as "update",
  pg_catalog.has_table_privilege(r.oid, c.oid, 'DELETE') as "delete",
  pg_catalog.has_table_privilege(r.oid, c.oid, 'TRUNCATE') as "truncate"
from pg_catalog.pg_class c
cross join pg_catalog.pg_roles r
where c.oid = any (?::oid[]) and r.rolname = any (?::text[])
