-- right: one policy a verb, each with the owner on both sides
create table todos (id uuid primary key default gen_random_uuid(), owner_id uuid not null references auth.users, task text not null check (length(task) > 0), done boolean not null default false);
create index on todos (owner_id);
create policy r on todos for select to authenticated using ((select auth.uid()) = owner_id);
create policy i on todos for insert to authenticated with check ((select auth.uid()) = owner_id);
create policy u on todos for update to authenticated using ((select auth.uid()) = owner_id) with check ((select auth.uid()) = owner_id);
create policy d on todos for delete to authenticated using ((select auth.uid()) = owner_id);
