-- right: visitors may leave a message and read none
create table contact_messages (id bigint generated always as identity primary key, name text not null, email text not null, message text not null, created_at timestamptz not null default now());
revoke all on contact_messages from anon, authenticated;
grant insert (name, email, message) on contact_messages to anon, authenticated;
create policy leave on contact_messages for insert to anon, authenticated with check (length(message) < 5000);
