-- right: generated and identity columns, domains, exclusion and check constraints, all of one's own
create extension if not exists btree_gist with schema extensions;
create domain public.iban as text check (value ~ '^[A-Z]{2}[0-9]{2}[A-Z0-9]{10,30}$');
create type public.line_kind as enum ('work', 'material', 'travel');
create table public.customers (id int generated always as identity primary key, user_id uuid not null default auth.uid() references auth.users on delete cascade, name text not null, account public.iban, unique (id, user_id));
create index on public.customers (user_id);
create table public.invoices (id int generated always as identity primary key, user_id uuid not null default auth.uid() references auth.users on delete cascade, customer_id int not null, issued date not null default current_date, due date generated always as (issued + 14) stored, foreign key (customer_id, user_id) references public.customers (id, user_id));
create index on public.invoices (user_id);
create table public.lines (invoice_id int not null references public.invoices on delete cascade, nr smallint not null, kind public.line_kind not null, quantity numeric(8, 2) not null check (quantity > 0), unit_price numeric(10, 2) not null, total numeric generated always as (quantity * unit_price) stored, primary key (invoice_id, nr));
create table public.rates (user_id uuid not null default auth.uid() references auth.users on delete cascade, valid daterange not null check (not isempty(valid)), hourly numeric(8, 2) not null, exclude using gist (user_id with =, valid with &&));
create policy own on public.customers to authenticated using (user_id = (select auth.uid())) with check (user_id = (select auth.uid()));
create policy own on public.invoices to authenticated using (user_id = (select auth.uid())) with check (user_id = (select auth.uid()));
create policy own on public.lines to authenticated using (exists (select from public.invoices i where i.id = invoice_id and i.user_id = (select auth.uid()))) with check (exists (select from public.invoices i where i.id = invoice_id and i.user_id = (select auth.uid())));
create policy own on public.rates to authenticated using (user_id = (select auth.uid())) with check (user_id = (select auth.uid()));
revoke all on all tables in schema public from anon;
