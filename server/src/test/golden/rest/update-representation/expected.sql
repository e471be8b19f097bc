WITH _w AS (UPDATE "public"."book" AS "t" SET "title" = $1::text
WHERE "t"."id" = $2::text::bigint
RETURNING "t"."id", "t"."data") SELECT coalesce(json_agg(_r.*), '[]')::text, count(*), NULL::bigint, NULL::text
FROM (SELECT "t0"."id" AS "id", ("t0"."data"->$3::text) AS "a", coalesce("e1".v, '[]') AS "review"
FROM _w AS "t0"
LEFT JOIN LATERAL (SELECT json_agg(_r.*)::jsonb AS v
FROM (SELECT "t2"."stars" AS "stars"
FROM "public"."review" AS "t2"
WHERE "t2"."book_id" = "t0"."id"
LIMIT 1000) AS _r) AS "e1" ON TRUE) AS _r
-- $1 = T
-- $2 = 1
-- $3 = a
