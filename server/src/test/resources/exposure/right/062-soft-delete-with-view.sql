-- right: documents that are marked as deleted, a view of the living ones with the caller's rights, a bin for the owner
-- since: 15
create table public.documents (id uuid primary key default gen_random_uuid(), owner_id uuid not null default auth.uid() references auth.users on delete cascade, title text not null, content jsonb not null default '{}', deleted_at timestamptz);
create index on public.documents (owner_id) where deleted_at is null;
create policy "owner" on public.documents for all to authenticated using ((select auth.uid()) = owner_id) with check ((select auth.uid()) = owner_id);
create view public.living_documents with (security_invoker = true) as select id, owner_id, title, content from public.documents where deleted_at is null;
create view public.bin with (security_invoker = on) as select id, title, deleted_at from public.documents where deleted_at is not null;
create function public.bin_document(document uuid) returns void language sql set search_path = '' as $$ update public.documents set deleted_at = now() where id = document $$;
create function public.restore_document(document uuid) returns void language sql set search_path = '' as $$ update public.documents set deleted_at = null where id = document $$;
revoke all on public.documents, public.living_documents, public.bin from anon;
revoke delete, truncate on public.documents from authenticated;
revoke insert, update, delete, truncate on public.bin, public.living_documents from authenticated;
