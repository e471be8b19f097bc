-- Until the end of the transaction. Only a superuser's connection can change it, and change it back.
select pg_catalog.set_config('session_authorization', ?, true);
