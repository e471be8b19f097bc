SELECT coalesce(json_agg(_r.*), '[]')::text, count(*), NULL::bigint, NULL::text
FROM (SELECT coalesce("e1"."stars", '[]') AS "stars"
FROM "public"."book" AS "t0"
LEFT JOIN LATERAL (SELECT json_agg(_r."stars")::jsonb AS "stars", count(*) AS "ashlar rows"
FROM (SELECT "t2"."stars" AS "stars"
FROM "public"."review" AS "t2"
WHERE "t2"."book_id" = "t0"."id"
LIMIT 1000) AS _r) AS "e1" ON TRUE
LIMIT 1000) AS _r
