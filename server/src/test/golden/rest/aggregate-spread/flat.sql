SELECT _r."title", pg_catalog.to_json(_r."max"), pg_catalog.to_json(_r."oldest"), pg_catalog.to_json(_r."count")
FROM (SELECT "t0"."title" AS "title", max("e1"."ashlar 3") AS "max", min("e1"."ashlar 4") AS "oldest", count(*) AS "count"
FROM "public"."book" AS "t0"
LEFT JOIN LATERAL (SELECT "t2"."born" AS "ashlar 3", "t2"."born" AS "ashlar 4"
FROM "public"."author" AS "t2"
WHERE "t2"."id" = "t0"."author_id") AS "e1" ON TRUE GROUP BY 1
LIMIT $1) AS _r
-- $1 = 1000
-- TEXT title
-- JSON max
-- JSON oldest
-- JSON count
