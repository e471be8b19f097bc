-- wrong: to look one invitation up by its token all of them were opened
-- expect: secret_column|personal_column|anonymous_read public.invitations anon
create table invitations (id uuid primary key default gen_random_uuid(), team_id int, email text, token text not null unique);
create policy lookup on invitations for select to anon, authenticated using (true);
