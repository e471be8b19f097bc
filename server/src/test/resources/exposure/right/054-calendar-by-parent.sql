-- right: entries through the calendar, by EXISTS with qualified names
create table calendars (id int primary key, owner uuid not null references auth.users);
create index on calendars (owner);
create policy own on calendars to authenticated using (owner = (select auth.uid())) with check (owner = (select auth.uid()));
create table entries (id int primary key, calendar_id int not null references calendars, title text);
create index on entries (calendar_id);
create policy own on entries to authenticated
  using (exists (select 1 from calendars c where c.id = entries.calendar_id and c.owner = (select auth.uid())))
  with check (exists (select 1 from calendars c where c.id = entries.calendar_id and c.owner = (select auth.uid())));
