-- wrong: a custom caller was made a member of the service role
-- as: superuser
-- roles: corpus_partner
-- expect: role_membership|role_bypasses_rls *
create role corpus_partner nologin;
grant service_role to corpus_partner;
create table public.orders (id int primary key, user_id uuid references auth.users);
grant select on public.orders to corpus_partner;
-- undo: revoke service_role from corpus_partner; drop owned by corpus_partner; drop role corpus_partner
