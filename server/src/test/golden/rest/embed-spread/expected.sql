SELECT coalesce(json_agg(_r.*), '[]')::text, count(*), NULL::bigint, NULL::text
FROM (SELECT "t0"."stars" AS "stars", "e1"."title" AS "title", "e1"."code" AS "code"
FROM "public"."review" AS "t0"
LEFT JOIN LATERAL (SELECT "t2"."title" AS "title", "e3"."code" AS "code"
FROM "public"."book" AS "t2"
LEFT JOIN LATERAL (SELECT "t4"."code" AS "code"
FROM "public"."isbn" AS "t4"
WHERE "t4"."id" = "t2"."id") AS "e3" ON TRUE
WHERE "t2"."id" = "t0"."book_id") AS "e1" ON TRUE
LIMIT 1000) AS _r
