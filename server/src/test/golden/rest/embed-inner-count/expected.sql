SELECT coalesce(json_agg(_r.*), '[]')::text, count(*), (SELECT count(*)
FROM (SELECT 1
FROM "public"."book" AS "t0"
INNER JOIN LATERAL (SELECT json_agg(_r.*)::jsonb AS v
FROM (SELECT "t2"."stars" AS "stars"
FROM "public"."review" AS "t2"
WHERE "t2"."book_id" = "t0"."id" AND ("t2"."stars" = $1::text::integer)
LIMIT 1000) AS _r) AS "e1" ON "e1".v IS NOT NULL) AS _c), NULL::text
FROM (SELECT "t3"."title" AS "title", coalesce("e4".v, '[]') AS "review"
FROM "public"."book" AS "t3"
INNER JOIN LATERAL (SELECT json_agg(_r.*)::jsonb AS v
FROM (SELECT "t5"."stars" AS "stars"
FROM "public"."review" AS "t5"
WHERE "t5"."book_id" = "t3"."id" AND ("t5"."stars" = $2::text::integer)
LIMIT 1000) AS _r) AS "e4" ON "e4".v IS NOT NULL
LIMIT 1) AS _r
-- $1 = 5
-- $2 = 5
