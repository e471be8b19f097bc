-- right: files in a folder for each project, for its members; avatars that all see, in a folder of one's own
create table public.projects (id uuid primary key default gen_random_uuid(), name text not null);
create table public.project_members (project_id uuid not null references public.projects on delete cascade, user_id uuid not null references auth.users on delete cascade, can_write boolean not null default false, primary key (project_id, user_id));
create index on public.project_members (user_id);
create policy project_of_members on public.projects for select to authenticated using (exists (select from public.project_members m where m.project_id = projects.id and m.user_id = (select auth.uid())));
create policy own_memberships on public.project_members for select to authenticated using (user_id = (select auth.uid()));
insert into storage.buckets (id, name, public, file_size_limit, allowed_mime_types) values
  ('project-files', 'project-files', false, 52428800, '{application/pdf,image/png,image/jpeg,text/plain}'),
  ('avatars', 'avatars', true, 1048576, '{image/png,image/jpeg,image/webp}');
create policy "members read files" on storage.objects for select to authenticated using (bucket_id = 'project-files' and (storage.foldername(name))[1] in (select m.project_id::text from public.project_members m where m.user_id = (select auth.uid())));
create policy "writers add files" on storage.objects for insert to authenticated with check (bucket_id = 'project-files' and (storage.foldername(name))[1] in (select m.project_id::text from public.project_members m where m.user_id = (select auth.uid()) and m.can_write));
create policy "writers replace files" on storage.objects for update to authenticated using (bucket_id = 'project-files' and (storage.foldername(name))[1] in (select m.project_id::text from public.project_members m where m.user_id = (select auth.uid()) and m.can_write)) with check (bucket_id = 'project-files' and (storage.foldername(name))[1] in (select m.project_id::text from public.project_members m where m.user_id = (select auth.uid()) and m.can_write));
create policy "writers delete files" on storage.objects for delete to authenticated using (bucket_id = 'project-files' and (storage.foldername(name))[1] in (select m.project_id::text from public.project_members m where m.user_id = (select auth.uid()) and m.can_write));
create policy "own avatar" on storage.objects for insert to authenticated with check (bucket_id = 'avatars' and (storage.foldername(name))[1] = (select auth.uid())::text);
create policy "own avatar changes" on storage.objects for update to authenticated using (bucket_id = 'avatars' and owner_id = (select auth.uid())::text and (storage.foldername(name))[1] = (select auth.uid())::text) with check (bucket_id = 'avatars' and owner_id = (select auth.uid())::text and (storage.foldername(name))[1] = (select auth.uid())::text);
create policy "own avatar goes" on storage.objects for delete to authenticated using (bucket_id = 'avatars' and owner_id = (select auth.uid())::text);
