-- right: polls that all may read, a secret vote for each person, and counts by a function that names nobody
create table public.polls (id uuid primary key default gen_random_uuid(), created_by uuid not null default auth.uid() references auth.users, question text not null, closes_at timestamptz);
create index on public.polls (created_by);
create table public.options (id uuid primary key default gen_random_uuid(), poll_id uuid not null references public.polls on delete cascade, label text not null, unique (id, poll_id));
create index on public.options (poll_id);
create table public.votes (poll_id uuid not null, option_id uuid not null, voter_id uuid not null default auth.uid() references auth.users on delete cascade, primary key (poll_id, voter_id), foreign key (option_id, poll_id) references public.options (id, poll_id) on delete cascade);
create policy "read polls" on public.polls for select using (true);
create policy "ask" on public.polls for insert to authenticated with check (created_by = (select auth.uid()));
create policy "change own polls" on public.polls for update to authenticated using (created_by = (select auth.uid())) with check (created_by = (select auth.uid()));
create policy "delete own polls" on public.polls for delete to authenticated using (created_by = (select auth.uid()));
create policy "read options" on public.options for select using (true);
create policy "own polls' options" on public.options for insert to authenticated with check (exists (select from public.polls p where p.id = poll_id and p.created_by = (select auth.uid())));
create policy "drop own polls' options" on public.options for delete to authenticated using (exists (select from public.polls p where p.id = poll_id and p.created_by = (select auth.uid())));
create policy "own vote" on public.votes for select to authenticated using (voter_id = (select auth.uid()));
create policy "vote" on public.votes for insert to authenticated with check (voter_id = (select auth.uid()) and exists (select from public.polls p where p.id = poll_id and (p.closes_at is null or p.closes_at > now())));
create policy "think again" on public.votes for delete to authenticated using (voter_id = (select auth.uid()));
create function public.results(poll uuid) returns table (option_id uuid, votes bigint) language sql stable security definer set search_path = '' as $$
  select o.id, count(v.voter_id) from public.options o left join public.votes v on v.option_id = o.id where o.poll_id = poll group by o.id
$$;
