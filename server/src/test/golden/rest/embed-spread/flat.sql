SELECT _r."stars", pg_catalog.to_json(_r."title"), pg_catalog.to_json(_r."code") FROM (…) AS _r
-- NUMBER stars
-- JSON title
-- JSON code
