SELECT _r."title", pg_catalog.to_json(_r."sum"), pg_catalog.to_json(_r."mean"), _r."kind"
FROM (SELECT "t0"."title" AS "title", sum("t0"."price") AS "sum", CAST(avg("t0"."price") AS "int4") AS "mean", ("t0"."data"->>$1::text) AS "kind"
FROM "public"."book" AS "t0" GROUP BY 1, 4 HAVING sum("t0"."price") > $2::text::numeric
ORDER BY sum("t0"."price") DESC, count(*) ASC
LIMIT $3) AS _r
-- $1 = kind
-- $2 = 5
-- $3 = 1000
-- TEXT title
-- JSON sum
-- JSON mean
-- TEXT kind
