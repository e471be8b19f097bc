SELECT coalesce(json_agg(_r.*), '[]')::text, count(*), NULL::bigint, NULL::text
FROM (SELECT "t0"."title" AS "title", sum("t0"."price") AS "sum", CAST(avg("t0"."price") AS "int4") AS "mean", ("t0"."data"->>$1::text) AS "kind"
FROM "public"."book" AS "t0" GROUP BY 1, 4 HAVING sum("t0"."price") > $2::text::numeric
ORDER BY sum("t0"."price") DESC, count(*) ASC
LIMIT 1000) AS _r
-- $1 = kind
-- $2 = 5
