SELECT pg_catalog.to_json(_r."count")
FROM (SELECT count(*) AS "count"
FROM "public"."book" AS "t0"
LIMIT $1) AS _r
-- $1 = 1000
-- JSON count
