SELECT _r."title"
FROM (SELECT "t0"."title" AS "title"
FROM "public"."book" AS "t0"
LEFT JOIN LATERAL (SELECT json_agg(_r.*)::jsonb AS v
FROM (SELECT 
FROM "public"."review" AS "t2"
WHERE "t2"."book_id" = "t0"."id"
LIMIT $1) AS _r) AS "e1" ON TRUE
WHERE NOT (NOT ("e1".v IS NOT NULL))
LIMIT $2) AS _r
-- $1 = 1000
-- $2 = 1000
-- TEXT title
