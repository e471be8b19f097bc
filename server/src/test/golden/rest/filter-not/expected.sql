SELECT coalesce(json_agg(_r.*), '[]')::text, count(*), NULL::bigint, NULL::text
FROM (SELECT "t0".*
FROM "public"."book" AS "t0"
WHERE NOT ("t0"."title" = $1::text) AND NOT ("t0"."id" = ANY (ARRAY[$2::bigint, $3::bigint])) AND NOT ("t0"."price" IS NULL)
LIMIT 1000) AS _r
-- $1 = x
-- $2 = 1
-- $3 = 2
