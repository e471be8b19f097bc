-- wrong: reset tokens can be listed by visitors
-- expect: secret_column|anonymous_read public.password_resets anon
create table password_resets (id int primary key, user_id uuid, reset_token text, expires_at timestamptz);
create policy lookup on password_resets for select using (true);
