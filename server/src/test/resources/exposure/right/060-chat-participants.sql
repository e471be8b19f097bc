-- right: chat among participants; conversations are begun by a function, messages written in one's own name
create table public.conversations (id uuid primary key default gen_random_uuid(), topic text, created_at timestamptz not null default now());
create table public.participants (conversation_id uuid not null references public.conversations on delete cascade, user_id uuid not null references auth.users on delete cascade, last_read_at timestamptz, primary key (conversation_id, user_id));
create index on public.participants (user_id);
create table public.messages (id bigint generated always as identity primary key, conversation_id uuid not null references public.conversations on delete cascade, sender_id uuid not null default auth.uid() references auth.users, body text not null, sent_at timestamptz not null default now(), edited_at timestamptz);
create index on public.messages (conversation_id, sent_at desc);
create function public.is_participant(conversation uuid) returns boolean language sql stable security definer set search_path = '' as $$
  select exists (select from public.participants p where p.conversation_id = conversation and p.user_id = (select auth.uid()))
$$;
revoke execute on function public.is_participant(uuid) from public, anon;
grant execute on function public.is_participant(uuid) to authenticated;
create policy "participants" on public.conversations for select to authenticated using (public.is_participant(id));
create policy "who takes part" on public.participants for select to authenticated using (public.is_participant(conversation_id));
create policy "leave" on public.participants for delete to authenticated using (user_id = (select auth.uid()));
revoke update, insert on public.participants from anon, authenticated;
grant update (last_read_at) on public.participants to authenticated;
create policy "mark as read" on public.participants for update to authenticated using (user_id = (select auth.uid())) with check (user_id = (select auth.uid()));
create policy "read" on public.messages for select to authenticated using (public.is_participant(conversation_id));
create policy "write" on public.messages for insert to authenticated with check (sender_id = (select auth.uid()) and public.is_participant(conversation_id));
create policy "edit" on public.messages for update to authenticated using (sender_id = (select auth.uid()) and public.is_participant(conversation_id)) with check (sender_id = (select auth.uid()) and public.is_participant(conversation_id));
create policy "take back" on public.messages for delete to authenticated using (sender_id = (select auth.uid()));
create function public.start_conversation(others uuid[]) returns uuid language plpgsql security definer set search_path = '' as $$
declare made uuid;
begin
  if (select auth.uid()) is null then raise exception 'not signed in'; end if;
  insert into public.conversations default values returning id into made;
  insert into public.participants (conversation_id, user_id) select made, u from unnest(others || auth.uid()) u on conflict do nothing;
  return made;
end $$;
revoke execute on function public.start_conversation(uuid[]) from public, anon;
grant execute on function public.start_conversation(uuid[]) to authenticated;
