-- wrong: a check that the tenant has paid opens the tenant's rows to everybody
-- expect: others_rows_readable|others_rows_writable public.leads authenticated
create table tenants (id int primary key, active boolean not null default true);
create policy readable on tenants for select to authenticated using (true);
create table leads (id int primary key, tenant_id int not null references tenants, owner_id uuid not null references auth.users, note text);
create index on leads (owner_id);
create policy own on leads to authenticated using (owner_id = (select auth.uid()));
create policy paid on leads to authenticated using (exists (select 1 from tenants t where t.id = leads.tenant_id and t.active));
