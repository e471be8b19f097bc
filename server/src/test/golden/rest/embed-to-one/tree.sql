SELECT "b0"."ashlar 0", "b0"."ashlar 1", "b0"."ashlar 2"
FROM (SELECT "t0"."id" AS "ashlar 0", "e1".v AS "ashlar 1", "e1"."ashlar 2" AS "ashlar 2"
FROM "public"."review" AS "t0"
LEFT JOIN LATERAL (SELECT TRUE AS v, "t2"."title" AS "ashlar 2"
FROM "public"."book" AS "t2"
WHERE "t2"."id" = "t0"."book_id") AS "e1" ON TRUE
LIMIT 1000) AS "b0"
