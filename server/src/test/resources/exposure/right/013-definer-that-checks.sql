-- right: a function with its owner's rights does only what concerns the caller
create table invitations (code text primary key, used_by uuid references auth.users, used_at timestamptz);
create function accept_invitation(invitation text) returns boolean language plpgsql security definer set search_path = '' as $$
begin
  if auth.uid() is null then
    raise exception 'not signed in' using errcode = '42501';
  end if;
  update public.invitations set used_by = auth.uid(), used_at = now() where code = invitation and used_by is null;
  return found;
end $$;
revoke execute on function accept_invitation(text) from public, anon;
grant execute on function accept_invitation(text) to authenticated;
