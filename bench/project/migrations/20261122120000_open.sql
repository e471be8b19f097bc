-- Who may see what: posts are everybody's, messages may be left by anybody, notes are their owner's.
alter table authors enable row level security;
alter table posts enable row level security;
alter table comments enable row level security;
alter table notes enable row level security;
alter table messages enable row level security;

grant select on authors, posts, comments to anon, authenticated;
grant select, insert on messages to anon, authenticated;
grant select on notes to authenticated;

create policy "everybody reads" on authors for select to anon, authenticated using (true);
create policy "everybody reads" on posts for select to anon, authenticated using (true);
create policy "everybody reads" on comments for select to anon, authenticated using (true);
create policy "everybody reads" on messages for select to anon, authenticated using (true);
create policy "everybody writes" on messages for insert to anon, authenticated with check (true);
create policy "owners read" on notes for select to authenticated using (owner_id = (select auth.uid()));
