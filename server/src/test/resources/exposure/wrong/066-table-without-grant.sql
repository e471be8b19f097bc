-- wrong: the policy looks into a table that callers may not read
-- expect: policy_fails|policy_never_allows public.lessons
create schema private;
create table private.enrolments (lesson_id int, user_id uuid, primary key (user_id, lesson_id));
create table lessons (id int primary key, title text);
create policy enrolled on lessons for select to authenticated
  using (id in (select lesson_id from private.enrolments where user_id = (select auth.uid())));
