SELECT coalesce(json_agg(_r.*), '[]')::text, count(*), NULL::bigint, NULL::text
FROM (SELECT DISTINCT "t0"."title" AS "title"
FROM "public"."book" AS "t0"
ORDER BY "t0"."title" ASC
LIMIT 1000) AS _r
