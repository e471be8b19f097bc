SELECT pg_catalog.to_json(_r."stars") FROM (…) AS _r
-- JSON stars
