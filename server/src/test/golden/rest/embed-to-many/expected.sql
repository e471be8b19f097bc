SELECT coalesce(json_agg(_r.*), '[]')::text, count(*), NULL::bigint, NULL::text
FROM (SELECT "t0"."id" AS "id", coalesce("e1".v, '[]') AS "review"
FROM "public"."book" AS "t0"
LEFT JOIN LATERAL (SELECT json_agg(_r.*)::jsonb AS v
FROM (SELECT "t2"."stars" AS "stars"
FROM "public"."review" AS "t2"
WHERE "t2"."book_id" = "t0"."id" AND ("t2"."stars" > $1::text::integer)
ORDER BY "t2"."stars" DESC
LIMIT 2) AS _r) AS "e1" ON TRUE
LIMIT 1000) AS _r
-- $1 = 1
