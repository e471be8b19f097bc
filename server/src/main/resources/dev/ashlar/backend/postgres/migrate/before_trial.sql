-- What the file before has set is taken back. Nobody else must wait long for what is only tried.
reset all;
set local lock_timeout = '3s';
set local statement_timeout = '20s';
