SELECT _r."title", pg_catalog.to_json(_r."name"), pg_catalog.to_json(_r."stars") FROM (…) AS _r
-- TEXT title
-- JSON name
-- JSON stars
