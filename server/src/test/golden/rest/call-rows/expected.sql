SELECT coalesce(json_agg(_r.*), '[]')::text, count(*), NULL::bigint, NULL::text
FROM (SELECT "t0"."id" AS "id", coalesce("e1".v, '[]') AS "review"
FROM "public"."find_books"("term" => $1::text::text) AS "t0"
LEFT JOIN LATERAL (SELECT json_agg(_r.*)::jsonb AS v
FROM (SELECT "t2"."stars" AS "stars"
FROM "public"."review" AS "t2"
WHERE "t2"."book_id" = "t0"."id"
LIMIT 1000) AS _r) AS "e1" ON TRUE
WHERE "t0"."price" > $2::text::numeric
ORDER BY "t0"."id" ASC
LIMIT 2) AS _r
-- $1 = x
-- $2 = 3
