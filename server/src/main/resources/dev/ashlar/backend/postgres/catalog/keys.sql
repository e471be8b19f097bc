-- Unique indexes over plain columns, of every schema: views may show tables that are not exposed themselves. Only a
-- constraint makes a relationship one-to-one.
select i.indrelid, x.relname as name, i.indisprimary, (i.indkey::int2[])[0 : i.indnkeyatts - 1] as columns,
       exists (select from pg_constraint u where u.conindid = i.indexrelid and u.contype in ('p', 'u')) as declared
from pg_index i
join pg_class x on x.oid = i.indexrelid
where i.indisunique and i.indisvalid and i.indpred is null and i.indexprs is null
  and x.relnamespace not in ('pg_catalog'::regnamespace, 'pg_toast'::regnamespace)
  and (cast(? as oid[]) is null or i.indrelid = any (cast(? as oid[])))
order by i.indrelid, i.indisprimary desc, x.relname;
