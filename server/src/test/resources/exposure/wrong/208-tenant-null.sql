-- wrong: rows without a tenant are writable by every tenant
-- expect: shared_rows_writable|others_rows_writable|row_taken_over public.labels authenticated
create table labels (id int primary key, tenant_id uuid, name text);
create index on labels (tenant_id);
create policy tenant on labels to authenticated using (tenant_id is null or tenant_id = (select (auth.jwt() -> 'app_metadata' ->> 'tenant_id')::uuid));
