SELECT "b0"."ashlar 0", "b0"."ashlar 1", "b0"."ashlar 2", "b0"."ashlar 3"
FROM (SELECT "e1".v AS "ashlar 0", "e1"."ashlar 1" AS "ashlar 1", "e3".v AS "ashlar 2", "e3"."ashlar 3" AS "ashlar 3"
FROM "public"."book" AS "t0"
LEFT JOIN LATERAL (SELECT TRUE AS v, "t2"."name" AS "ashlar 1"
FROM "public"."author" AS "t2"
WHERE "t2"."id" = "t0"."author_id") AS "e1" ON TRUE
LEFT JOIN LATERAL (SELECT TRUE AS v, "t4"."name" AS "ashlar 3"
FROM "public"."author" AS "t4"
WHERE "t4"."id" = "t0"."editor_id") AS "e3" ON TRUE
LIMIT 1000) AS "b0"
