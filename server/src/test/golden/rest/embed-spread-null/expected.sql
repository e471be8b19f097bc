SELECT coalesce(json_agg(_r.*), '[]')::text, count(*), NULL::bigint, NULL::text
FROM (SELECT "t0"."title" AS "title", "e1"."name" AS "name", coalesce("e3"."stars", '[]') AS "stars"
FROM "public"."book" AS "t0"
LEFT JOIN LATERAL (SELECT "t2"."name" AS "name", TRUE AS "ashlar row"
FROM "public"."author" AS "t2"
WHERE "t2"."id" = "t0"."author_id") AS "e1" ON TRUE
LEFT JOIN LATERAL (SELECT json_agg(_r."stars")::jsonb AS "stars", count(*) AS "ashlar rows"
FROM (SELECT "t4"."stars" AS "stars"
FROM "public"."review" AS "t4"
WHERE "t4"."book_id" = "t0"."id"
LIMIT 1000) AS _r) AS "e3" ON TRUE
WHERE NOT (NOT ("e1"."ashlar row" IS NOT NULL)) AND NOT ("e3"."ashlar rows" > 0)
LIMIT 1000) AS _r
