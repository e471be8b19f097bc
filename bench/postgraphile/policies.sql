-- The rules of project/migrations, in roles of their own: who may see what is the database's to decide here as well.
do $$
begin
  create role bench_visitor nologin;
  create role bench_user nologin;
exception when duplicate_object then null;
end $$;

alter table authors enable row level security;
alter table posts enable row level security;
alter table comments enable row level security;
alter table notes enable row level security;
alter table messages enable row level security;

grant usage on schema public to bench_visitor, bench_user;
grant select on authors, posts, comments to bench_visitor, bench_user;
grant select, insert on messages to bench_visitor, bench_user;
grant select on notes to bench_user;

create policy "everybody reads" on authors for select to bench_visitor, bench_user using (true);
create policy "everybody reads" on posts for select to bench_visitor, bench_user using (true);
create policy "everybody reads" on comments for select to bench_visitor, bench_user using (true);
create policy "everybody reads" on messages for select to bench_visitor, bench_user using (true);
create policy "everybody writes" on messages for insert to bench_visitor, bench_user with check (true);
create policy "owners read" on notes for select to bench_user
  using (owner_id = (select nullif(current_setting('jwt.claims.sub', true), '')::uuid));
