-- right: sums and joins in views with the caller's rights, over tables of the caller's company
-- since: 15
create table public.companies (id int generated always as identity primary key, name text not null);
create table public.staff (user_id uuid primary key references auth.users on delete cascade, company_id int not null references public.companies);
create table public.invoices (id bigint generated always as identity primary key, company_id int not null references public.companies, number text not null, amount numeric(12, 2) not null, paid_on date, unique (company_id, number));
create table public.expenses (id bigint generated always as identity primary key, company_id int not null references public.companies, amount numeric(12, 2) not null, spent_on date not null);
create index on public.expenses (company_id);
create policy staff_self on public.staff for select to authenticated using (user_id = (select auth.uid()));
create policy own_company on public.companies for select to authenticated using (id = (select s.company_id from public.staff s where s.user_id = (select auth.uid())));
create policy invoices_of_company on public.invoices to authenticated using (company_id = (select s.company_id from public.staff s where s.user_id = (select auth.uid()))) with check (company_id = (select s.company_id from public.staff s where s.user_id = (select auth.uid())));
create policy expenses_of_company on public.expenses to authenticated using (company_id = (select s.company_id from public.staff s where s.user_id = (select auth.uid()))) with check (company_id = (select s.company_id from public.staff s where s.user_id = (select auth.uid())));
create view public.open_invoices with (security_invoker) as select i.id, c.name as company, i.number, i.amount from public.invoices i join public.companies c on c.id = i.company_id where i.paid_on is null;
create view public.monthly with (security_invoker = true, security_barrier = true) as
select company_id, date_trunc('month', day) as month, sum(amount) as balance
from (select company_id, paid_on as day, amount from public.invoices where paid_on is not null union all select company_id, spent_on, -amount from public.expenses) both_ways
group by company_id, date_trunc('month', day);
revoke all on public.open_invoices, public.monthly from anon;
revoke insert, update, delete, truncate on public.open_invoices, public.monthly from authenticated;
