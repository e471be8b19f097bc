-- Flyway puts its own schema first in the search_path: take that back.
reset all;
set ashlar.house_role = 'postgres';
set ashlar.auth_role = 'supabase_auth_admin';
