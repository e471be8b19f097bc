-- For each relation of the users' schemas a number that changes with any row of the system catalogs that is read of it:
-- a row's xmin is the transaction that wrote it; as a difference of ages it is a number. Salts keep rows of one
-- transaction from cancelling each other out. The other number changes with its name.
with relations as materialized (
  select c.oid, age(c.xmin) as age, hashtextextended(c.relname, c.relnamespace::bigint) as name from pg_class c
  where c.relkind in ('r', 'p', 'v', 'm', 'f', 'c') and c.relpersistence <> 't'
    and c.relnamespace not in ('pg_catalog'::regnamespace, 'information_schema'::regnamespace, 'pg_toast'::regnamespace)
), parts as (
  select r.oid, r.age, 0::bigint as salt from relations r
  union all
  select a.attrelid, age(a.xmin), a.attnum from pg_attribute a where a.attnum > 0 and a.attrelid >= 16384
  union all
  select i.indrelid, age(i.xmin), i.indexrelid::bigint from pg_index i where i.indisunique
  union all
  select i.indrelid, age(x.xmin), i.indexrelid::bigint | (1::bigint << 33)
  from pg_index i join pg_class x on x.oid = i.indexrelid where i.indisunique
  union all
  select f.conrelid, age(f.xmin), f.oid::bigint from pg_constraint f where f.contype in ('p', 'u', 'f')
  union all
  select t.tgrelid, age(t.xmin), t.oid::bigint from pg_trigger t where t.tgtype & 64 <> 0
  union all
  select w.ev_class, age(w.xmin), w.oid::bigint from pg_rewrite w
  union all
  select t.ftrelid, age(t.xmin), 1::bigint << 35 from pg_foreign_table t
  union all
  select d.objoid, age(d.xmin), d.objsubid | (1::bigint << 34) from pg_description d where d.classoid = 'pg_class'::regclass
), origin as materialized (select age('3'::xid)::bigint as age)
select r.oid, p.print, r.name from relations r
join (select p.oid, bit_xor(hashint8extended((p.age - o.age) & 4294967295, p.salt)) as print
      from parts p cross join origin o group by p.oid) p on p.oid = r.oid;
