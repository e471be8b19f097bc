-- right: a function with its owner's rights that only the server may call
create function purge() returns void language sql security definer set search_path = '' as 'select 1';
revoke execute on function purge() from public, anon, authenticated;
