-- wrong: users write which plan they have paid for
-- expect: privilege_column_writable public.subscriptions authenticated
create table subscriptions (user_id uuid primary key references auth.users, plan text not null default 'free', renews_at date);
create policy own on subscriptions to authenticated using (user_id = (select auth.uid()));
