SELECT coalesce(json_agg(_r.*), '[]')::text, count(*), NULL::bigint, NULL::text
FROM (SELECT 
FROM "public"."author" AS "t0"
LEFT JOIN LATERAL (SELECT json_agg(_r.*)::jsonb AS v
FROM (SELECT 
FROM "public"."book" AS "t2"
LEFT JOIN LATERAL (SELECT json_agg(_r.*)::jsonb AS v
FROM (SELECT 
FROM "public"."review" AS "t4"
WHERE "t4"."book_id" = "t2"."id"
LIMIT 1000) AS _r) AS "e3" ON TRUE
WHERE "t2"."author_id" = "t0"."id"
LIMIT 1000) AS _r) AS "e1" ON TRUE
LIMIT 1000) AS _r
