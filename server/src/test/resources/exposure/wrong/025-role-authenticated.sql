-- wrong: auth.role() = 'authenticated' is every account, not the owner
-- expect: others_rows_readable|others_rows_writable public.documents authenticated
create table documents (id uuid primary key default gen_random_uuid(), owner_id uuid not null references auth.users, content text);
create policy "authenticated can do all" on documents for all using (auth.role() = 'authenticated');
