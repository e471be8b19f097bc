SELECT _r."name", pg_catalog.to_json(_r."title"), pg_catalog.to_json(_r."code"), pg_catalog.to_json(_r."review") FROM (…) AS _r
-- TEXT name
-- JSON title
-- JSON code
-- JSON review
