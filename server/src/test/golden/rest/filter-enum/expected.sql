SELECT coalesce(json_agg(_r.*), '[]')::text, count(*), NULL::bigint, NULL::text
FROM (SELECT "t0".*
FROM "public"."book" AS "t0"
WHERE "t0"."mood" = ANY ($1::text[]::public.mood[])
LIMIT $2) AS _r
-- $1 = [happy, sad]
-- $2 = 1000
