WITH _w AS (INSERT INTO "public"."review" AS "t" ("book_id", "stars") VALUES ($1::bigint, $2::integer)
RETURNING "t"."id", "t"."book_id") SELECT coalesce(json_agg(_r.*), '[]')::text, count(*), NULL::bigint, NULL::text
FROM (SELECT "t0"."id" AS "id", "e1".v AS "book"
FROM _w AS "t0"
LEFT JOIN LATERAL (SELECT row_to_json(_r.*)::jsonb AS v
FROM (SELECT "t2"."title" AS "title", "e3".v AS "author"
FROM "public"."book" AS "t2"
LEFT JOIN LATERAL (SELECT row_to_json(_r.*)::jsonb AS v
FROM (SELECT "t4"."name" AS "name"
FROM "public"."author" AS "t4"
WHERE "t4"."id" = "t2"."author_id") AS _r) AS "e3" ON TRUE
WHERE "t2"."id" = "t0"."book_id") AS _r) AS "e1" ON TRUE) AS _r
-- $1 = 1
-- $2 = 5
