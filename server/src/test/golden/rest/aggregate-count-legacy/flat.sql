SELECT pg_catalog.to_json(_r."count") FROM (…) AS _r
-- JSON count
