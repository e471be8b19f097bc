-- wrong: the function that decides was left as a stub
-- expect: others_rows_writable|others_rows_readable|policy_always_true public.drawings authenticated
create function can_edit(drawing int) returns boolean language sql stable as 'select true';
create table drawings (id int primary key, owner uuid not null references auth.users, svg text);
create policy editors on drawings to authenticated using (can_edit(id));
