-- wrong: a foreign table knows no policies
-- as: superuser
-- expect: foreign_table_exposed public.crm_contacts
create extension postgres_fdw schema extensions;
create server crm foreign data wrapper postgres_fdw options (host '127.0.0.1', port '1', dbname 'crm');
create foreign table public.crm_contacts (id int, email text) server crm;
grant select on public.crm_contacts to authenticated;
