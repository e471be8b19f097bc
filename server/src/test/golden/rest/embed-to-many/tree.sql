SELECT u.*
FROM (SELECT "t0"."id" AS "ashlar 0", "t0"."id" AS "ashlar 1"
FROM "public"."book" AS "t0"
LIMIT 1000) AS "b0", LATERAL (SELECT 0, "b0"."ashlar 0"::pg_catalog.text UNION ALL SELECT 1, "b1"."ashlar 0"::pg_catalog.text
FROM (SELECT "t2"."stars" AS "ashlar 0"
FROM "public"."review" AS "t2"
WHERE "t2"."book_id" = "b0"."ashlar 1" AND ("t2"."stars" > $1::text::integer)
ORDER BY "t2"."stars" DESC
LIMIT 2) AS "b1") AS u
WHERE (TRUE OR pg_catalog.set_config('', '', TRUE) IS NULL)
-- $1 = 1
