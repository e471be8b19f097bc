SELECT coalesce(json_agg(_r.*), '[]')::text, count(*), NULL::bigint, NULL::text
FROM (SELECT "t0".*
FROM "public"."book" AS "t0"
WHERE "t0"."title" = ANY ($1::text[])
LIMIT $2) AS _r
-- $1 = [a,b, say "hi", plain, ]
-- $2 = 1000
