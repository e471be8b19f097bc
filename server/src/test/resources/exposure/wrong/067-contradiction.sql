-- wrong: two states at once, which no row has
-- expect: policy_never_allows public.tickets
-- least: low
create table tickets (id int primary key, state text not null, title text);
create policy visible on tickets for select to authenticated using (state = 'open' and state = 'closed');
