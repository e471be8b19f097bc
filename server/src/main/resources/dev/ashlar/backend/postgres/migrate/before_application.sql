-- Flyway puts its own schema first in the search_path: take that back, and whatever the file before has set.
reset all;
