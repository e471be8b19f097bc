-- wrong: the presence of a key in user_metadata is taken for a right
-- expect: user_metadata_in_policy public.prices
create table prices (id int primary key, product text, cents int);
create policy readable on prices for select using (true);
create policy staff on prices for update to authenticated using ((select auth.jwt() #> '{user_metadata}' ? 'staff'));
