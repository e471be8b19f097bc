-- wrong: rights were given to PUBLIC: roles that come later have them too
-- expect: grant_to_public public.rates
-- least: low
create table rates (currency text primary key, rate numeric);
create policy reading on rates for select using (true);
grant select, insert, update on rates to public;
