-- right: customers see their tickets, agents (by a claim that the server writes) see all; notes among agents stay among them
create table public.tickets (id bigint generated always as identity primary key, customer_id uuid not null default auth.uid() references auth.users, subject text not null, state text not null default 'open' check (state in ('open', 'waiting', 'closed')), priority smallint not null default 3);
create index on public.tickets (customer_id);
create table public.replies (id bigint generated always as identity primary key, ticket_id bigint not null references public.tickets on delete cascade, author_id uuid not null default auth.uid() references auth.users, body text not null, at timestamptz not null default now());
create index on public.replies (ticket_id);
create table public.internal_notes (id bigint generated always as identity primary key, ticket_id bigint not null references public.tickets on delete cascade, author_id uuid not null default auth.uid() references auth.users, body text not null);
create index on public.internal_notes (ticket_id);
create function public.is_agent() returns boolean language sql stable set search_path = '' as $$ select coalesce(auth.jwt() -> 'app_metadata' ->> 'role' = 'agent', false) $$;
create policy customer_reads on public.tickets for select to authenticated using (customer_id = (select auth.uid()) or (select public.is_agent()));
create policy customer_opens on public.tickets for insert to authenticated with check (customer_id = (select auth.uid()) and state = 'open' and priority = 3);
create policy agent_works on public.tickets for update to authenticated using ((select public.is_agent())) with check ((select public.is_agent()));
create policy replies_read on public.replies for select to authenticated using (exists (select from public.tickets t where t.id = ticket_id));
create policy replies_write on public.replies for insert to authenticated with check (author_id = (select auth.uid()) and exists (select from public.tickets t where t.id = ticket_id and t.state <> 'closed'));
create policy notes_of_agents on public.internal_notes to authenticated using ((select public.is_agent())) with check ((select public.is_agent()) and author_id = (select auth.uid()));
revoke all on public.tickets, public.replies, public.internal_notes from anon;
