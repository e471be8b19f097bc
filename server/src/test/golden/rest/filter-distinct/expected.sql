SELECT coalesce(json_agg(_r.*), '[]')::text, count(*), NULL::bigint, NULL::text
FROM (SELECT "t0".*
FROM "public"."book" AS "t0"
WHERE "t0"."editor_id" IS DISTINCT FROM $1::text::bigint
LIMIT 1000) AS _r
-- $1 = 3
