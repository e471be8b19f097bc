-- right: the tenant is a claim that only the server writes
create table records (id int primary key, tenant_id uuid not null, body text);
create index on records (tenant_id);
create policy tenant on records to authenticated
  using (tenant_id = (select (auth.jwt() -> 'app_metadata' ->> 'tenant_id')::uuid))
  with check (tenant_id = (select (auth.jwt() -> 'app_metadata' ->> 'tenant_id')::uuid));
