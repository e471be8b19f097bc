SELECT _r."title", _r."label"
FROM (SELECT "t0"."title" AS "title", coalesce("e1".v, '[]') AS "label"
FROM "public"."book" AS "t0"
LEFT JOIN LATERAL (SELECT json_agg(_r.*)::jsonb AS v
FROM (SELECT "t2"."name" AS "name"
FROM "public"."label" AS "t2"
INNER JOIN "public"."book_label" AS "j3" ON "t2"."id" = "j3"."label_id"
WHERE "j3"."book_id" = "t0"."id" AND ("t2"."name" = $1::text)
LIMIT $2) AS _r) AS "e1" ON TRUE
LIMIT $3) AS _r
-- $1 = new
-- $2 = 1000
-- $3 = 1000
-- TEXT title
-- JSON label
