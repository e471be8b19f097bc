-- wrong: sessions of one's own sign-in are readable by visitors
-- expect: secret_column|anonymous_read public.sessions anon
create table sessions (session_token text primary key, user_id uuid, expires timestamptz);
create policy lookup on sessions for select to anon using (expires > now());
