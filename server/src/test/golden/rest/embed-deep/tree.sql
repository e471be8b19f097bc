SELECT u.*
FROM (SELECT "t0"."name" AS "ashlar 0", "t0"."id" AS "ashlar 1"
FROM "public"."author" AS "t0"
LIMIT 1000) AS "b0", LATERAL (SELECT 0, "b0"."ashlar 0"::pg_catalog.text UNION ALL SELECT u.*
FROM (SELECT "t2"."id" AS "ashlar 0", "t2"."title" AS "ashlar 1", "t2"."id" AS "ashlar 2"
FROM "public"."book" AS "t2"
WHERE "t2"."author_id" = "b0"."ashlar 1"
LIMIT 1000) AS "b1", LATERAL (SELECT 1, "b1"."ashlar 1"::pg_catalog.text UNION ALL SELECT 2, "b2"."ashlar 0"::pg_catalog.text
FROM (SELECT "t6"."name" AS "ashlar 0"
FROM "public"."label" AS "t6"
INNER JOIN "public"."book_label" AS "j7" ON "t6"."id" = "j7"."label_id"
WHERE "j7"."book_id" = "b1"."ashlar 0"
ORDER BY "t6"."name" ASC
LIMIT 1000) AS "b2" UNION ALL SELECT 3, "b3"."ashlar 0"::pg_catalog.text
FROM (SELECT "t4"."stars" AS "ashlar 0"
FROM "public"."review" AS "t4"
WHERE "t4"."book_id" = "b1"."ashlar 2" AND ("t4"."stars" > $1::text::integer)
LIMIT 1000) AS "b3") AS u) AS u
WHERE (TRUE OR pg_catalog.set_config('', '', TRUE) IS NULL)
-- $1 = 2
