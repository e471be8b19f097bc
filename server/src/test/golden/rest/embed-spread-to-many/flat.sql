SELECT pg_catalog.to_json(_r."stars")
FROM (SELECT coalesce("e1"."stars", '[]') AS "stars"
FROM "public"."book" AS "t0"
LEFT JOIN LATERAL (SELECT json_agg(_r."stars")::jsonb AS "stars", count(*) AS "ashlar rows"
FROM (SELECT "t2"."stars" AS "stars"
FROM "public"."review" AS "t2"
WHERE "t2"."book_id" = "t0"."id"
LIMIT $1) AS _r) AS "e1" ON TRUE
LIMIT $2) AS _r
-- $1 = 1000
-- $2 = 1000
-- JSON stars
