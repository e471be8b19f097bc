SELECT _r."name", _r."book"
FROM (SELECT "t0"."name" AS "name", coalesce("e1".v, '[]') AS "book"
FROM "public"."author" AS "t0"
LEFT JOIN LATERAL (SELECT json_agg(_r.*)::jsonb AS v
FROM (SELECT sum("t2"."price") AS "sum", "t2"."title" AS "title"
FROM "public"."book" AS "t2"
WHERE "t2"."author_id" = "t0"."id" GROUP BY 2
LIMIT $1) AS _r) AS "e1" ON TRUE
LIMIT $2) AS _r
-- $1 = 1000
-- $2 = 1000
-- TEXT name
-- JSON book
