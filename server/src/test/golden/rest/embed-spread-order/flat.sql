SELECT _r."title", pg_catalog.to_json(_r."name") FROM (…) AS _r
-- TEXT title
-- JSON name
