-- right: columns whose names only sound like secrets
create table prompts (id int primary key, user_id uuid not null references auth.users, token_count int, max_tokens int, password_hint_shown boolean, keywords text[]);
create index on prompts (user_id);
create policy own on prompts to authenticated using (user_id = (select auth.uid())) with check (user_id = (select auth.uid()));
