SELECT coalesce(json_agg(_r.*), '[]')::text, count(*), NULL::bigint, NULL::text
FROM (SELECT count(*) AS "count"
FROM "public"."book" AS "t0"
LIMIT 1000) AS _r
