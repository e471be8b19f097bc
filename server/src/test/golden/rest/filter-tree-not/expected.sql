SELECT coalesce(json_agg(_r.*), '[]')::text, count(*), NULL::bigint, NULL::text
FROM (SELECT "t0".*
FROM "public"."book" AS "t0"
WHERE NOT ("t0"."id" = $1::text::bigint AND "t0"."title" = $2::text)
LIMIT 1000) AS _r
-- $1 = 1
-- $2 = a,(b)
