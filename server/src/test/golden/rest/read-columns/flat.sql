SELECT _r."id", _r."name", _r."price", pg_catalog.to_json(_r."tags") FROM (…) AS _r
-- NUMBER id
-- TEXT name
-- TEXT price
-- JSON tags
