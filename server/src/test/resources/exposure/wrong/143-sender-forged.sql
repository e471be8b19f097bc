-- wrong: the recipient may insert, too, so mail can be made up in anybody's name
-- expect: insert_as_other|row_given_away public.direct_messages authenticated
create table direct_messages (id int primary key, sender_id uuid not null references auth.users, recipient_id uuid not null references auth.users, body text);
create index on direct_messages (sender_id);
create index on direct_messages (recipient_id);
create policy parties on direct_messages to authenticated
  using ((select auth.uid()) in (sender_id, recipient_id)) with check ((select auth.uid()) in (sender_id, recipient_id));
