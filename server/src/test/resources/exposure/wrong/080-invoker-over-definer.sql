-- wrong: the outer view runs as the caller, the inner one it reads does not
-- since: 15
-- expect: view_bypasses_rls public.all_grades|public.grade_list
create table grades (id int primary key, student uuid not null references auth.users, grade int);
create index on grades (student);
create policy own on grades for select to authenticated using (student = (select auth.uid()));
create view all_grades as select * from grades;
grant select on all_grades to authenticated;
create view grade_list with (security_invoker = true) as select student, grade from all_grades;
