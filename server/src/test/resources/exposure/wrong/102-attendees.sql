-- wrong: the list of attendees with birthdays and addresses is open
-- expect: personal_column|anonymous_read public.attendees anon
create table attendees (id int primary key, first_name text, last_name text, date_of_birth date, home_address text);
create policy reading on attendees for select to anon using (true);
