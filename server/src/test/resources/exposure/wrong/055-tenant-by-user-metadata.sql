-- wrong: the tenant is read from what users can write about themselves
-- expect: user_metadata_in_policy public.records
create table records (id int primary key, tenant_id uuid not null, body text);
create index on records (tenant_id);
create policy tenant on records to authenticated
  using (tenant_id = (select (auth.jwt() -> 'user_metadata' ->> 'tenant_id')::uuid));
