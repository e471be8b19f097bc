SELECT coalesce(json_agg(_r.*), '[]')::text, count(*), NULL::bigint, NULL::text
FROM (SELECT "t0".*
FROM "public"."book" AS "t0"
WHERE "t0"."mood" = ANY (ARRAY[$1::text::public.mood, $2::text::public.mood])
LIMIT 1000) AS _r
-- $1 = happy
-- $2 = sad
