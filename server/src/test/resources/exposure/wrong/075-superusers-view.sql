-- wrong: a view of the superuser's passes every policy
-- plain
-- as: superuser
-- expect: view_bypasses_rls public.salary_list
create table salaries (person uuid primary key, amount numeric);
alter table salaries enable row level security;
create policy own on salaries for select to authenticated
  using (person = (select (current_setting('request.jwt.claims', true)::json ->> 'sub')::uuid));
grant select on salaries to authenticated;
create view salary_list as select person, amount from salaries;
grant select on salary_list to authenticated;
