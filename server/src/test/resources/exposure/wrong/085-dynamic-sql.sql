-- wrong: text of the caller becomes part of a statement that runs with the owner's rights
-- expect: security_definer_function public.search_notes
create table notes (id int primary key, user_id uuid not null references auth.users, body text);
create index on notes (user_id);
create policy own on notes to authenticated using (user_id = (select auth.uid()));
create function search_notes(term text) returns setof notes language plpgsql security definer set search_path = '' as $$
begin
  return query execute 'select * from public.notes where body like ''%' || term || '%''';
end $$;
