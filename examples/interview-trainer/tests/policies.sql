-- Two people, every verb, no leak; and the scheduler against numbers worked out by hand.
-- Run as a role that may switch to anon and authenticated; everything is rolled back:
--   psql "$DATABASE_URL" -v ON_ERROR_STOP=1 -f tests/policies.sql
\set QUIET on
\pset format unaligned
\pset tuples_only on
begin;

-- Small assertions. pg_temp, so that nothing of them stays.
create function pg_temp.same(what text, got anyelement, want anyelement) returns text language plpgsql as $$
begin
  if got is distinct from want then raise exception 'FAILED %: got %, want %', what, got, want; end if;
  return 'ok  ' || what;
end $$;
create function pg_temp.refused(what text, statement text, state text) returns text language plpgsql as $$
declare touched bigint;
begin
  begin
    execute statement;
    get diagnostics touched = row_count;
  exception when others then
    if sqlstate = state then return 'ok  ' || what; end if;
    raise exception 'FAILED %: got % (%), want %', what, sqlstate, sqlerrm, state;
  end;
  raise exception 'FAILED %: allowed, % rows', what, touched;
end $$;
create function pg_temp.touches(what text, statement text, want bigint) returns text language plpgsql as $$
declare touched bigint;
begin
  execute statement;
  get diagnostics touched = row_count;
  return pg_temp.same(what, touched, want);
end $$;
create function pg_temp.become(role_name text, id uuid) returns text language plpgsql as $$
begin
  perform set_config('request.jwt.claims', json_build_object('role', role_name, 'sub', id)::text, true);
  perform set_config('request.jwt.claim.sub', coalesce(id::text, ''), true);
  perform set_config('role', role_name, true);
  return '-- as ' || role_name || coalesce(' ' || left(id::text, 1), '');
end $$;

insert into auth.users (id, email) values
  ('aaaaaaaa-0000-4000-8000-000000000001', 'a@example.test'),
  ('bbbbbbbb-0000-4000-8000-000000000002', 'b@example.test');
insert into public.categories (id, slug, name) values (32001, 'test-only', 'Test only');
insert into public.questions (id, number, category_id, question, answer) values
  (9000001, 32001, 32001, 'What is an idempotent zeppelin?', 'One that lands once.'),
  (9000002, 32002, 32001, 'What is a second question?', 'This one.');

select pg_temp.become('anon', null);
select pg_temp.same('anon reads questions', (select count(*) from public.questions where category_id = 32001), 2::bigint);
select pg_temp.same('anon searches', (select id from public.questions where search @@ websearch_to_tsquery('english', 'zeppelins')), 9000001::bigint);
select pg_temp.refused('anon adds no question', $$insert into public.questions (number, category_id, question, answer) values (32003, 32001, 'q', 'a')$$, '42501');
select pg_temp.refused('anon changes no question', 'update public.questions set question = ''x''', '42501');
select pg_temp.refused('anon deletes no category', 'delete from public.categories', '42501');
select pg_temp.refused('anon reads no progress', 'select * from public.progress', '42501');
select pg_temp.refused('anon reads no profile', 'select * from public.profiles', '42501');
select pg_temp.refused('anon reads no view over progress', 'select * from public.category_progress', '42501');
select pg_temp.refused('anon grades nothing', 'select public.review(9000001, 3::smallint)', '42501');

select pg_temp.become('authenticated', 'bbbbbbbb-0000-4000-8000-000000000002');
insert into public.progress (question_id, status) values (9000001, 'known');
insert into public.bookmarks (question_id, note) values (9000001, 'B''s private note');
insert into public.profiles (display_name) values ('Hidden B');
select pg_temp.same('B grades', (public.review(9000002, 3::smallint)).interval_days, 1);
select pg_temp.refused('B adds no question', $$insert into public.questions (number, category_id, question, answer) values (32003, 32001, 'q', 'a')$$, '42501');

select pg_temp.become('authenticated', 'aaaaaaaa-0000-4000-8000-000000000001');
select pg_temp.same('A reads none of B: ' || t, n, 0::bigint) from (
  select 'progress', count(*) from public.progress union all select 'bookmarks', count(*) from public.bookmarks
  union all select 'reviews', count(*) from public.reviews union all select 'profiles', count(*) from public.profiles
  union all select 'category_progress', sum(known + learning)::bigint from public.category_progress
  union all select 'review_days', count(*) from public.review_days()) as leaks (t, n);
select pg_temp.refused('A inserts for B: ' || t, format('insert into public.%s', v), '42501') from (values
  ('progress', $$progress (user_id, question_id) values ('bbbbbbbb-0000-4000-8000-000000000002', 9000002)$$),
  ('bookmarks', $$bookmarks (user_id, question_id) values ('bbbbbbbb-0000-4000-8000-000000000002', 9000002)$$),
  ('profiles', $$profiles (user_id, display_name) values ('bbbbbbbb-0000-4000-8000-000000000002', 'Not B')$$),
  ('reviews', $$reviews (user_id, question_id, grade, interval_days) values ('bbbbbbbb-0000-4000-8000-000000000002', 9000002, 4, 1)$$)) as x (t, v);
select pg_temp.touches('A changes none of B: ' || t, format('update public.%s set user_id = user_id', t), 0)
  from unnest(array['progress', 'bookmarks', 'profiles']) as t;
select pg_temp.touches('A deletes none of B: ' || t, format('delete from public.%s', t), 0)
  from unnest(array['progress', 'bookmarks', 'profiles']) as t;
select pg_temp.refused('A upserts over B''s row', $$insert into public.progress (user_id, question_id, status)
  values ('bbbbbbbb-0000-4000-8000-000000000002', 9000001, 'learning') on conflict (user_id, question_id) do update set status = excluded.status$$, '42501');
insert into public.bookmarks (question_id) values (9000001);
select pg_temp.refused('A gives a bookmark to B', $$update public.bookmarks set user_id = 'bbbbbbbb-0000-4000-8000-000000000002'$$, '42501');
select pg_temp.refused('history cannot be dated back', $$insert into public.reviews (question_id, grade, interval_days, reviewed_at) values (9000001, 4, 1, now() - interval '9 days')$$, '42501');
select pg_temp.refused('history cannot be changed', 'update public.reviews set grade = 4', '42501');
select pg_temp.refused('history cannot be deleted', 'delete from public.reviews', '42501');
select pg_temp.refused('a note has an end', $$update public.bookmarks set note = repeat('x', 2001)$$, '23514');
select pg_temp.refused('a name has a length', $$insert into public.profiles (display_name) values ('x')$$, '23514');
select pg_temp.refused('a name is taken once', $$insert into public.profiles (display_name) values ('HIDDEN b')$$, '23505');

-- What a plain client writes.
insert into public.progress (question_id, status) values (9000001, 'learning');
insert into public.progress (question_id, status) values (9000001, 'known')
  on conflict (user_id, question_id) do update set question_id = excluded.question_id, status = excluded.status;
select pg_temp.same('insert, then upsert', (select status from public.progress), 'known');
delete from public.progress;

-- SM-2: 1 day, 6 days, ceil(6 x 2.5) = 15, hard: ease 2.36, ceil(15 x 2.36) = 36, easy: 2.46, ceil(36 x 2.46) = 89.
select pg_temp.same('grade ' || grade || ' as review ' || n, (r.interval_days, r.ease, r.streak, r.lapses, r.reviews, r.status)::text, want)
from (values (1, 3, '(1,2.50,1,0,1,known)'), (2, 3, '(6,2.50,2,0,2,known)'), (3, 3, '(15,2.50,3,0,3,known)'),
             (4, 2, '(36,2.36,4,0,4,learning)'), (5, 4, '(89,2.46,5,0,5,known)'), (6, 1, '(0,2.46,0,1,6,learning)'),
             (7, 3, '(1,2.46,1,1,7,known)'), (8, 3, '(6,2.46,2,1,8,known)')) as steps (n, grade, want)
cross join lateral public.review(9000001, (grade + 0 * n)::smallint) as r;
select pg_temp.same('due when the interval says', (select due_at - now() from public.progress), interval '6 days');
select from public.review(9000001, 1::smallint) \g /dev/null
select pg_temp.same('again: in ten minutes', (select due_at - now() from public.progress), interval '10 minutes');
select (public.review(9000001, 2::smallint)).ease from generate_series(1, 12) \g /dev/null
select pg_temp.same('ease has a floor', (select ease from public.progress), 1.30);
select (public.review(9000001, 4::smallint)).ease from generate_series(1, 20) \g /dev/null
select pg_temp.same('no interval beyond a year', (select interval_days from public.progress), 365);
select pg_temp.same('every grade is in the history', (select count(*) from public.reviews), (select reviews from public.progress)::bigint);
select pg_temp.refused('no grade 5', 'select public.review(9000001, 5::smallint)', '22023');
select pg_temp.refused('no unknown question', 'select public.review(-1, 3::smallint)', '23503');
select pg_temp.same('category_progress', (select (questions, known, learning, due)::text from public.category_progress where slug = 'test-only'), '(2,1,0,0)');
select pg_temp.same('review_days', (select (day = (now() at time zone 'Asia/Tokyo')::date, reviews, remembered)::text from public.review_days('Asia/Tokyo', 4)), '(t,41,39)');

-- The leader board: only who opted in, and streaks over days.
insert into public.profiles (display_name, on_leader_board) values ('Test A', true);
reset role;
insert into public.reviews (user_id, question_id, grade, interval_days, reviewed_at)
  select 'aaaaaaaa-0000-4000-8000-000000000001', 9000001, 3, 1, now() - make_interval(days => n) from unnest(array[1, 2, 4, 5, 6]) as n;
select pg_temp.become('anon', null);
select pg_temp.same('A is on the board', (select (known, reviews, streak_days, me)::text from public.leader_board(100) where display_name = 'Test A'), '(1,46,3,f)');
select pg_temp.same('B did not opt in', (select count(*) from public.leader_board(100) where display_name = 'Hidden B'), 0::bigint);
select pg_temp.become('authenticated', 'aaaaaaaa-0000-4000-8000-000000000001');
select pg_temp.same('A sees herself', (select count(*) from public.leader_board(100) where me), 1::bigint);

reset role;
select pg_temp.same('B lost nothing', (select (status, (select note from public.bookmarks b where b.user_id = p.user_id))::text
  from public.progress p where user_id = 'bbbbbbbb-0000-4000-8000-000000000002' and question_id = 9000001), '(known,"B''s private note")');
delete from auth.users where id = 'aaaaaaaa-0000-4000-8000-000000000001';
select pg_temp.same('who leaves takes everything along', (select count(*) from public.reviews where user_id = 'aaaaaaaa-0000-4000-8000-000000000001'), 0::bigint);

rollback;
\echo all passed
