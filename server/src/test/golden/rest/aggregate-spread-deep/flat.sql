SELECT _r."stars", pg_catalog.to_json(_r."name"), pg_catalog.to_json(_r."sum"), pg_catalog.to_json(_r."max") FROM (…) AS _r
-- NUMBER stars
-- JSON name
-- JSON sum
-- JSON max
