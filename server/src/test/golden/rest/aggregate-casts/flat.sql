SELECT pg_catalog.to_json(_r."max") FROM (…) AS _r
-- JSON max
