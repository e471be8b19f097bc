SELECT coalesce(json_agg(_r.*), '[]')::text, count(*), NULL::bigint, NULL::text
FROM (SELECT CAST(max(CAST(("t0"."data"->>$1::text) AS "int4")) AS "text") AS "max"
FROM "public"."book" AS "t0"
LIMIT 1000) AS _r
-- $1 = pages
