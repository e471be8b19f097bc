SELECT u.*
FROM (SELECT "t0"."id" AS "ashlar 0"
FROM "public"."author" AS "t0"
LIMIT 1000) AS "b0", LATERAL (SELECT 0, NULL::pg_catalog.text UNION ALL SELECT 1, "b1"."ashlar 0"::pg_catalog.text
FROM (SELECT "t2"."title" AS "ashlar 0"
FROM "public"."book" AS "t2"
WHERE "t2"."editor_id" = "b0"."ashlar 0"
LIMIT 1000) AS "b1") AS u
WHERE (TRUE OR pg_catalog.set_config('', '', TRUE) IS NULL)
