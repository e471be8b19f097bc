SELECT _r."title", pg_catalog.to_json(_r."max"), pg_catalog.to_json(_r."oldest"), pg_catalog.to_json(_r."count") FROM (…) AS _r
-- TEXT title
-- JSON max
-- JSON oldest
-- JSON count
