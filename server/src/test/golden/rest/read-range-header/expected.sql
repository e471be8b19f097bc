SELECT coalesce(json_agg(_r.*), '[]')::text, count(*), NULL::bigint, NULL::text
FROM (SELECT "t0".*
FROM "public"."book" AS "t0"
ORDER BY "t0"."id" ASC
LIMIT 10 OFFSET $1) AS _r
-- $1 = 10
