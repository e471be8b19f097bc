SELECT coalesce(json_agg(_r.*), '[]')::text, count(*), NULL::bigint, NULL::text
FROM (SELECT "t0"."title" AS "title"
FROM "public"."book" AS "t0"
LEFT JOIN LATERAL (SELECT json_agg(_r.*)::jsonb AS v
FROM (SELECT 
FROM "public"."review" AS "t2"
WHERE "t2"."book_id" = "t0"."id"
LIMIT 1000) AS _r) AS "e1" ON TRUE
WHERE NOT (NOT ("e1".v IS NOT NULL))
LIMIT 1000) AS _r
