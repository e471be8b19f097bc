-- wrong: the owner is taken from a header that anybody can send
-- expect: user_metadata_in_policy|others_rows_readable|anonymous_read public.carts
create table carts (id uuid primary key, user_id text not null, items jsonb);
create policy own on carts for select
  using (user_id = (select current_setting('request.headers', true)::json ->> 'x-user-id'));
