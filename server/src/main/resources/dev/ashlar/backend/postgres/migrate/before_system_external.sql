-- Flyway puts its own schema first in the search_path: take that back.
reset all;
select set_config('ashlar.house_role', current_user, false), set_config('ashlar.auth_role', current_user, false);
