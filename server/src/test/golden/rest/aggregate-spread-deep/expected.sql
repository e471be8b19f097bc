SELECT coalesce(json_agg(_r.*), '[]')::text, count(*), NULL::bigint, NULL::text
FROM (SELECT "t0"."stars" AS "stars", "e1"."name" AS "name", sum("e1"."ashlar 6") AS "sum", max("e1"."ashlar 5") AS "max"
FROM "public"."review" AS "t0"
LEFT JOIN LATERAL (SELECT "e3"."name" AS "name", "t2"."price" AS "ashlar 6", "e3"."ashlar 5" AS "ashlar 5"
FROM "public"."book" AS "t2"
LEFT JOIN LATERAL (SELECT "t4"."name" AS "name", "t4"."born" AS "ashlar 5"
FROM "public"."author" AS "t4"
WHERE "t4"."id" = "t2"."author_id") AS "e3" ON TRUE
WHERE "t2"."id" = "t0"."book_id") AS "e1" ON TRUE GROUP BY 1, 2
LIMIT 1000) AS _r
