SELECT _r."title", pg_catalog.to_json(_r."count") FROM (…) AS _r
-- TEXT title
-- JSON count
