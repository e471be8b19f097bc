SELECT _r."title", pg_catalog.to_json(_r."count")
FROM (SELECT "t0"."title" AS "title", count(*) AS "count"
FROM "public"."book" AS "t0" GROUP BY 1 HAVING count(*) > $1::text::bigint AND (max("t0"."price") < $2::text::numeric OR min("t0"."price") IS NULL)
LIMIT $3) AS _r
-- $1 = 1
-- $2 = 9
-- $3 = 1000
-- TEXT title
-- JSON count
