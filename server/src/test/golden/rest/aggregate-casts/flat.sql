SELECT pg_catalog.to_json(_r."max")
FROM (SELECT CAST(max(CAST(("t0"."data"->>$1::text) AS "int4")) AS "text") AS "max"
FROM "public"."book" AS "t0"
LIMIT $2) AS _r
-- $1 = pages
-- $2 = 1000
-- JSON max
