-- right: a table that nobody was granted needs no row-level security
-- plain
create table ledger (id int primary key, amount numeric);
