SELECT pg_catalog.to_json(_r."sum"), _r."author" FROM (…) AS _r
-- JSON sum
-- JSON author
