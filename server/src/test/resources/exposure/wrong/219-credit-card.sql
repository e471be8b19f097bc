-- wrong: card numbers are readable by every account
-- expect: secret_column|personal_column|others_rows_readable public.cards authenticated
create table cards (id int primary key, holder uuid not null references auth.users, card_number text, cvv text);
create policy reading on cards for select to authenticated using (true);
