-- wrong: rows belong to an address, which its owner may give up and somebody else may claim
-- expect: email_in_policy public.subscriptions
-- least: low
create table subscriptions (id int primary key, email text not null, topic text);
create index on subscriptions (email);
create policy own on subscriptions for select to authenticated using (email = (select auth.email()));
