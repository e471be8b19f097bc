SELECT coalesce(json_agg(_r.*), '[]')::text, count(*), NULL::bigint, NULL::text
FROM (SELECT "t0"."title" AS "title", coalesce("e1".v, '[]') AS "label"
FROM "public"."book" AS "t0"
LEFT JOIN LATERAL (SELECT json_agg(_r.*)::jsonb AS v
FROM (SELECT "t2"."name" AS "name"
FROM "public"."label" AS "t2"
INNER JOIN "public"."book_label" AS "j3" ON "t2"."id" = "j3"."label_id"
WHERE "j3"."book_id" = "t0"."id" AND ("t2"."name" = $1::text)
LIMIT 1000) AS _r) AS "e1" ON TRUE
LIMIT 1000) AS _r
-- $1 = new
