SELECT coalesce(json_agg(_r.*), '[]')::text, count(*), NULL::bigint, NULL::text
FROM (SELECT "t0"."title" AS "title", count(*) AS "count"
FROM "public"."book" AS "t0" GROUP BY 1 HAVING count(*) > $1::text::bigint AND (max("t0"."price") < $2::text::numeric OR min("t0"."price") IS NULL)
LIMIT 1000) AS _r
-- $1 = 1
-- $2 = 9
