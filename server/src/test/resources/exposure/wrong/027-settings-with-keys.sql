-- wrong: a settings table with a key in it is readable by every visitor
-- expect: secret_column public.settings anon
create table settings (id int primary key, site_name text, theme text, openai_api_key text);
create policy readable on settings for select using (true);
