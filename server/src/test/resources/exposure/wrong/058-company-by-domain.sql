-- wrong: a company is told by the domain of an address that may never have been proved
-- expect: email_in_policy public.handbook
-- least: low
create table handbook (id int primary key, chapter text, body text);
create policy staff on handbook for select to authenticated using ((select auth.jwt() ->> 'email') like '%@acme.example');
