-- wrong: a custom caller may write every row of a table of accounts' settings
-- as: superuser
-- roles: corpus_bot
-- expect: others_rows_writable|shared_rows_writable|policy_always_true public.settings corpus_bot
-- least: low
create role corpus_bot nologin;
grant usage on schema public to corpus_bot;
create table public.settings (user_id uuid primary key references auth.users, theme text);
create policy own on public.settings to authenticated using (user_id = (select auth.uid()));
create policy bot on public.settings to corpus_bot using (true);
grant select, update, delete on public.settings to corpus_bot;
-- undo: drop owned by corpus_bot cascade; drop role corpus_bot
