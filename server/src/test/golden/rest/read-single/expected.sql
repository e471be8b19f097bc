SELECT (json_agg(_r.*)->0)::text, count(*), NULL::bigint, NULL::text
FROM (SELECT "t0".*
FROM "public"."book" AS "t0"
WHERE "t0"."id" = $1::text::bigint
LIMIT 1000) AS _r
-- $1 = 1
