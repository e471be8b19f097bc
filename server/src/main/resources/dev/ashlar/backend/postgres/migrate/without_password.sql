select rolname from pg_authid where rolcanlogin and rolpassword is null and rolname = any (?::text[]);
