-- wrong: buyer or seller may change the whole row, also who the other is
-- expect: row_given_away|others_rows_writable|insert_as_other|row_taken_over public.deals authenticated
create table deals (id int primary key, buyer_id uuid not null references auth.users, seller_id uuid not null references auth.users, price int);
create index on deals (buyer_id);
create index on deals (seller_id);
create policy parties on deals to authenticated using (buyer_id = (select auth.uid()) or seller_id = (select auth.uid()));
