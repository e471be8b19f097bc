SELECT coalesce(json_agg(_r.*), '[]')::text, count(*), NULL::bigint, NULL::text
FROM (SELECT "t0"."name" AS "name", coalesce("e1".v, '[]') AS "book"
FROM "public"."author" AS "t0"
LEFT JOIN LATERAL (SELECT json_agg(_r.*)::jsonb AS v
FROM (SELECT "t2"."title" AS "title", coalesce("e3".v, '[]') AS "review", coalesce("e5".v, '[]') AS "label"
FROM "public"."book" AS "t2"
LEFT JOIN LATERAL (SELECT json_agg(_r.*)::jsonb AS v
FROM (SELECT "t4"."stars" AS "stars"
FROM "public"."review" AS "t4"
WHERE "t4"."book_id" = "t2"."id" AND ("t4"."stars" > $1::text::integer)
LIMIT 1000) AS _r) AS "e3" ON TRUE
LEFT JOIN LATERAL (SELECT json_agg(_r.*)::jsonb AS v
FROM (SELECT "t6"."name" AS "name"
FROM "public"."label" AS "t6"
INNER JOIN "public"."book_label" AS "j7" ON "t6"."id" = "j7"."label_id"
WHERE "j7"."book_id" = "t2"."id"
ORDER BY "t6"."name" ASC
LIMIT 1000) AS _r) AS "e5" ON TRUE
WHERE "t2"."author_id" = "t0"."id"
LIMIT 1000) AS _r) AS "e1" ON TRUE
LIMIT 1000) AS _r
-- $1 = 2
