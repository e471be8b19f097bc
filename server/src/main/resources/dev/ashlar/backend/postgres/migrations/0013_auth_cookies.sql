-- Sessions of browsers that hold a cookie instead of tokens.

select set_config('role', current_setting('ashlar.auth_role'), true);

create table auth.session_cookies (
  session_id    uuid primary key references auth.sessions on delete cascade,
  hash          text not null unique,
  previous_hash text,
  changed_at    timestamptz not null
);
comment on table auth.session_cookies is 'The one cookie that a session is held by, where it is held by one.';
comment on column auth.session_cookies.hash is 'SHA-256 of the cookie''s value, in hex.';
comment on column auth.session_cookies.previous_hash is
  'Of the value that the browser had before: it opens nothing, but is known as replaced.';
create index session_cookies_previous_hash_idx on auth.session_cookies (previous_hash);

alter table auth.session_cookies enable row level security;

reset role;
