SELECT coalesce(json_agg(_r.*), '[]')::text, count(*), NULL::bigint, NULL::text
FROM (SELECT "t0"."name" AS "name", coalesce("e1"."title", '[]') AS "title", coalesce("e1"."code", '[]') AS "code", coalesce("e1"."review", '[]') AS "review"
FROM "public"."author" AS "t0"
LEFT JOIN LATERAL (SELECT json_agg(_r."title")::jsonb AS "title", json_agg(_r."code")::jsonb AS "code", json_agg(_r."review")::jsonb AS "review", count(*) AS "ashlar rows"
FROM (SELECT "t2"."title" AS "title", "e3"."code" AS "code", coalesce("e5".v, '[]') AS "review"
FROM "public"."book" AS "t2"
LEFT JOIN LATERAL (SELECT "t4"."code" AS "code"
FROM "public"."isbn" AS "t4"
WHERE "t4"."id" = "t2"."id") AS "e3" ON TRUE
LEFT JOIN LATERAL (SELECT json_agg(_r.*)::jsonb AS v
FROM (SELECT "t6"."stars" AS "stars"
FROM "public"."review" AS "t6"
WHERE "t6"."book_id" = "t2"."id"
LIMIT 1000) AS _r) AS "e5" ON TRUE
WHERE "t2"."author_id" = "t0"."id"
LIMIT 1000) AS _r) AS "e1" ON TRUE
LIMIT 1000) AS _r
