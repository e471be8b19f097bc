SELECT u.*
FROM (SELECT "t0"."title" AS "ashlar 0", "t0"."id" AS "ashlar 1"
FROM "public"."book" AS "t0"
LIMIT 1000) AS "b0", LATERAL (SELECT 0, "b0"."ashlar 0"::pg_catalog.text UNION ALL SELECT 1, "b1"."ashlar 0"::pg_catalog.text
FROM (SELECT "t2"."name" AS "ashlar 0"
FROM "public"."label" AS "t2"
INNER JOIN "public"."book_label" AS "j3" ON "t2"."id" = "j3"."label_id"
WHERE "j3"."book_id" = "b0"."ashlar 1" AND ("t2"."name" = $1::text)
LIMIT 1000) AS "b1") AS u
WHERE (TRUE OR pg_catalog.set_config('', '', TRUE) IS NULL)
-- $1 = new
