-- right: the subject of the token is a text
create table preferences (user_id text primary key, theme text, locale text);
create policy own on preferences to authenticated using (user_id = (select auth.jwt() ->> 'sub')) with check (user_id = (select auth.jwt() ->> 'sub'));
