SELECT coalesce(json_agg(_r.*), '[]')::text, count(*), NULL::bigint, NULL::text
FROM (SELECT "t0"."title" AS "title", max("e1"."ashlar 3") AS "max", min("e1"."ashlar 4") AS "oldest", count(*) AS "count"
FROM "public"."book" AS "t0"
LEFT JOIN LATERAL (SELECT "t2"."born" AS "ashlar 3", "t2"."born" AS "ashlar 4"
FROM "public"."author" AS "t2"
WHERE "t2"."id" = "t0"."author_id") AS "e1" ON TRUE GROUP BY 1
LIMIT 1000) AS _r
