-- Which kinds of password hashes came from other systems: whoever is refused waits as long as the slowest would take.

select set_config('role', current_setting('ashlar.auth_role'), true);

create table auth.password_forms (form text primary key);
comment on table auth.password_forms is
  'How hashes of other systems in auth.users begin: what they are and what they cost. A row may go when no account has such a hash.';
alter table auth.password_forms enable row level security;

create function auth.password_form(hash text) returns text language sql immutable set search_path = '' as $$
  select substring(hash from
    '^(\$2[aby]\$\d\d|\$scrypt\$[^$]+|\$fbscrypt\$v=\d+,n=\d+,r=\d+,p=\d+|\$argon2(?:id|i|d)\$v=19\$[^$]+)')
$$;

-- By a trigger, so that rows which were restored or written by hand count too.
create function auth.note_password_form() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  insert into auth.password_forms (form)
    select auth.password_form(new.encrypted_password)
    where auth.password_form(new.encrypted_password) is not null
  on conflict do nothing;
  return null;
end $$;
create trigger password_form after insert or update of encrypted_password on auth.users
  for each row when (new.encrypted_password not like '$argon2id$v=19$m=19456,t=2,p=1$%')
  execute function auth.note_password_form();

insert into auth.password_forms (form)
  select distinct auth.password_form(encrypted_password) from auth.users
  where encrypted_password not like '$argon2id$v=19$m=19456,t=2,p=1$%'
    and auth.password_form(encrypted_password) is not null;

revoke execute on function auth.note_password_form(), auth.password_form(text) from public;

reset role;
