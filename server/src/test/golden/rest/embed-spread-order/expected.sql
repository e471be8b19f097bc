SELECT coalesce(json_agg(_r.*), '[]')::text, count(*), NULL::bigint, NULL::text
FROM (SELECT "t0"."title" AS "title", "e1"."name" AS "name"
FROM "public"."book" AS "t0"
LEFT JOIN LATERAL (SELECT "t2"."name" AS "name", "t2"."born" AS "ashlar sort 0"
FROM "public"."author" AS "t2"
WHERE "t2"."id" = "t0"."author_id") AS "e1" ON TRUE
ORDER BY "e1"."ashlar sort 0" ASC
LIMIT 1000) AS _r
