-- right: documents are shared by a table that their owner writes
create table documents (id uuid primary key default gen_random_uuid(), owner uuid not null references auth.users, body text);
create index on documents (owner);
create table document_shares (document_id uuid references documents on delete cascade, user_id uuid references auth.users, primary key (user_id, document_id));
create policy seen on document_shares for select to authenticated using (user_id = (select auth.uid()));
create policy reading on documents for select to authenticated
  using (owner = (select auth.uid()) or id in (select document_id from document_shares where user_id = (select auth.uid())));
create policy changing on documents for update to authenticated using (owner = (select auth.uid())) with check (owner = (select auth.uid()));
