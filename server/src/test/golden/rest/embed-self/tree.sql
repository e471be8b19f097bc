SELECT u.*
FROM (SELECT "t0"."name" AS "ashlar 0", "e1".v AS "ashlar 1", "e1"."ashlar 2" AS "ashlar 2", "t0"."id" AS "ashlar 3"
FROM "public"."folder" AS "t0"
LEFT JOIN LATERAL (SELECT TRUE AS v, "t2"."name" AS "ashlar 2"
FROM "public"."folder" AS "t2"
WHERE "t2"."id" = "t0"."parent_id") AS "e1" ON TRUE
LIMIT 1000) AS "b0", LATERAL (SELECT 0, "b0"."ashlar 0"::pg_catalog.text, "b0"."ashlar 1"::pg_catalog.text, "b0"."ashlar 2"::pg_catalog.text UNION ALL SELECT 1, "b1"."ashlar 0"::pg_catalog.text, NULL::pg_catalog.text, NULL::pg_catalog.text
FROM (SELECT "t4"."name" AS "ashlar 0"
FROM "public"."folder" AS "t4"
WHERE "t4"."parent_id" = "b0"."ashlar 3"
LIMIT 1000) AS "b1") AS u
WHERE (TRUE OR pg_catalog.set_config('', '', TRUE) IS NULL)
