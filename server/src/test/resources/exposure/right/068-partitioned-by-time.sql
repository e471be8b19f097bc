-- right: measurements partitioned by month with a default partition; readers go through the parent, partitions are granted to nobody
create table public.devices (id uuid primary key default gen_random_uuid(), owner_id uuid not null default auth.uid() references auth.users on delete cascade, name text not null);
create index on public.devices (owner_id);
create policy own_devices on public.devices to authenticated using (owner_id = (select auth.uid())) with check (owner_id = (select auth.uid()));
create table public.measurements (device_id uuid not null references public.devices on delete cascade, at timestamptz not null, celsius numeric(5, 2), humidity real check (humidity between 0 and 100), primary key (device_id, at)) partition by range (at);
create table public.measurements_2026_01 partition of public.measurements for values from ('2026-01-01') to ('2026-02-01');
create table public.measurements_2026_02 partition of public.measurements for values from ('2026-02-01') to ('2026-03-01');
create table public.measurements_other partition of public.measurements default;
revoke all on public.measurements_2026_01, public.measurements_2026_02, public.measurements_other from anon, authenticated;
revoke update, delete, truncate on public.measurements from anon, authenticated;
create policy read_own on public.measurements for select to authenticated using (device_id in (select d.id from public.devices d where d.owner_id = (select auth.uid())));
create policy send_own on public.measurements for insert to authenticated with check (device_id in (select d.id from public.devices d where d.owner_id = (select auth.uid())));
create function public.daily_average(device uuid) returns table (day date, celsius numeric) language sql stable security invoker set search_path = '' as $$
  select m.at::date, avg(m.celsius) from public.measurements m where m.device_id = device group by 1 order by 1
$$;
