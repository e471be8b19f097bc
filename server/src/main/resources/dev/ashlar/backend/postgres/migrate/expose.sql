-- Makes the list of exposed schemas what the configuration says. Relations that a schema already holds when it
-- becomes exposed are left as they are: they may be in use by others.
insert into ashlar.exposed_schema select unnest(?::text[]) on conflict do nothing;
delete from ashlar.exposed_schema where name <> all (?::text[]);
do $$ begin
  if to_regclass('ashlar.guarded_relation') is not null then
    insert into ashlar.guarded_relation (relation)
    select c.oid from pg_class c
    join pg_namespace n on n.oid = c.relnamespace
    join ashlar.exposed_schema e on e.name = n.nspname
    where c.relkind in ('r', 'p', 'v', 'm', 'f')
    on conflict do nothing;
  end if;
end $$;
