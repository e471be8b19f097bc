-- right: a table that nobody was granted needs no row-level security
-- since: 15, before which everybody may create objects in public
-- plain
create table ledger (id int primary key, amount numeric);
