-- Parameters: role, oid of the table.
select t.attname, pg_catalog.format_type(t.atttypid, t.atttypmod) as type,
  pg_catalog.pg_get_expr(d.adbin, d.adrelid) as expression,
  t.attgenerated <> '' as generated,
  pg_catalog.has_column_privilege(r.oid, t.attrelid, t.attnum, 'select') as may_select,
  pg_catalog.has_column_privilege(r.oid, t.attrelid, t.attnum, 'insert') as may_insert,
  pg_catalog.has_column_privilege(r.oid, t.attrelid, t.attnum, 'update') as may_update
from pg_catalog.pg_roles r, pg_catalog.pg_attribute t
left join pg_catalog.pg_attrdef d on d.adrelid = t.attrelid and d.adnum = t.attnum
where r.rolname = ? and t.attrelid = ?::bigint::oid and t.attnum > 0 and not t.attisdropped
order by t.attnum
