-- right: admins are told by app_metadata, which only the server writes
create table flags (key text primary key, enabled boolean not null default false);
create policy readable on flags for select to authenticated using (true);
create policy admins on flags to authenticated
  using ((select auth.jwt() -> 'app_metadata' ->> 'role') = 'admin') with check ((select auth.jwt() -> 'app_metadata' ->> 'role') = 'admin');
