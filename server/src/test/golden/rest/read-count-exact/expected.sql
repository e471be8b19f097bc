SELECT coalesce(json_agg(_r.*), '[]')::text, count(*), (SELECT count(*)
FROM (SELECT 1
FROM "public"."book" AS "t0") AS _c), NULL::text
FROM (SELECT "t1".*
FROM "public"."book" AS "t1"
LIMIT 2) AS _r
