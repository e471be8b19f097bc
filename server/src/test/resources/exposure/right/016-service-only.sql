-- right: row-level security without policies keeps all callers out; the server passes by it
create table job_queue (id bigint generated always as identity primary key, payload jsonb, locked_until timestamptz);
comment on table job_queue is 'For the service role only';
revoke all on job_queue from anon, authenticated;
