SELECT coalesce(json_agg(_r.*), '[]')::text, count(*), NULL::bigint, NULL::text
FROM (SELECT 
FROM "public"."author" AS "t0"
LIMIT 1000) AS _r
