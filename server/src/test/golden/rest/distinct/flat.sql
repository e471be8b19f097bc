SELECT _r."title"
FROM (SELECT DISTINCT "t0"."title" AS "title"
FROM "public"."book" AS "t0"
ORDER BY "t0"."title" ASC
LIMIT $1) AS _r
-- $1 = 1000
-- TEXT title
