SELECT _r."book"
FROM (SELECT coalesce("e1".v, '[]') AS "book"
FROM "public"."author" AS "t0"
LEFT JOIN LATERAL (SELECT json_agg(_r.*)::jsonb AS v
FROM (SELECT "t2"."title" AS "title"
FROM "public"."book" AS "t2"
WHERE "t2"."editor_id" = "t0"."id"
LIMIT $1) AS _r) AS "e1" ON TRUE
LIMIT $2) AS _r
-- $1 = 1000
-- $2 = 1000
-- JSON book
