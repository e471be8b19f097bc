-- Files and channels as existing migrations expect them: people write policies on storage.objects and
-- realtime.messages, which stay closed until then.

do $$ begin
  if current_setting('ashlar.house_role') <> current_user then
    create schema storage authorization supabase_storage_admin;
    set local role supabase_storage_admin;
  else
    create schema storage;
  end if;
end $$;

create table storage.buckets (
  id                 text primary key,
  name               text not null,
  owner              uuid,
  created_at         timestamptz default now(),
  updated_at         timestamptz default now(),
  public             boolean default false,
  avif_autodetection boolean default false,
  file_size_limit    bigint,
  allowed_mime_types text[],
  owner_id           text
);
comment on column storage.buckets.owner is 'Kept for older migrations; owner_id is the one in use.';
create unique index bname on storage.buckets (name);

create table storage.objects (
  id               uuid primary key default gen_random_uuid(),
  bucket_id        text references storage.buckets,
  name             text,
  owner            uuid,
  created_at       timestamptz default now(),
  updated_at       timestamptz default now(),
  last_accessed_at timestamptz default now(),
  metadata         jsonb,
  path_tokens      text[] generated always as (string_to_array(name, '/')) stored,
  version          text,
  owner_id         text,
  user_metadata    jsonb
);
comment on column storage.objects.owner is 'Kept for older migrations; owner_id is the one in use.';
create unique index bucketid_objname on storage.objects (bucket_id, name);
create index name_prefix_search on storage.objects (name text_pattern_ops);

alter table storage.buckets enable row level security;
alter table storage.objects enable row level security;

create function storage.foldername(name text) returns text[] language sql immutable as $$
  select (string_to_array(name, '/'))[1 : array_length(string_to_array(name, '/'), 1) - 1]
$$;
create function storage.filename(name text) returns text language sql immutable as $$
  select (string_to_array(name, '/'))[array_length(string_to_array(name, '/'), 1)]
$$;
create function storage.extension(name text) returns text language sql immutable as $$
  select reverse(split_part(reverse(storage.filename(name)), '.', 1))
$$;
comment on function storage.foldername(text) is 'The folders of a path: a/b/c.png gives {a,b}.';
comment on function storage.filename(text) is 'The last part of a path: a/b/c.png gives c.png.';
comment on function storage.extension(text) is 'What follows the last dot: a/b/c.png gives png.';

grant usage on schema storage to anon, authenticated, service_role;
grant select, insert, update, delete on storage.buckets, storage.objects to anon, authenticated, service_role;

reset role;

do $$ begin
  execute format('create schema realtime authorization %I', current_setting('ashlar.house_role'));
end $$;
select set_config('role', current_setting('ashlar.house_role'), true);

create table realtime.messages (
  topic       text not null,
  extension   text not null,
  payload     jsonb,
  event       text,
  private     boolean default false,
  updated_at  timestamp not null default now(),
  inserted_at timestamp not null default now(),
  id          uuid not null default gen_random_uuid(),
  primary key (id, inserted_at)
);
comment on table realtime.messages is 'Its policies say who may join a private channel (select) and send to it (insert).';
alter table realtime.messages enable row level security;

create function realtime.topic() returns text language sql stable as $$
  select nullif(current_setting('realtime.topic', true), '')
$$;
comment on function realtime.topic() is 'The channel that a policy on realtime.messages is asked about.';

grant usage on schema realtime to anon, authenticated, service_role;
grant select, insert, update on realtime.messages to anon, authenticated, service_role;

reset role;
