-- wrong: every account reads every account's API key
-- expect: secret_column|others_rows_readable public.api_keys authenticated
create table api_keys (id int primary key, user_id uuid not null references auth.users, label text, api_key text not null);
create policy reading on api_keys for select to authenticated using (true);
