SELECT _r."title", pg_catalog.to_json(_r."sum"), pg_catalog.to_json(_r."mean"), _r."kind" FROM (…) AS _r
-- TEXT title
-- JSON sum
-- JSON mean
-- TEXT kind
