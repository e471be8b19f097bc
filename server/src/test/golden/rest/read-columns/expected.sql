SELECT coalesce(json_agg(_r.*), '[]')::text, count(*), NULL::bigint, NULL::text
FROM (SELECT "t0"."id" AS "id", "t0"."title" AS "name", CAST("t0"."price" AS "text") AS "price", "t0"."tags" AS "tags"
FROM "public"."book" AS "t0"
LIMIT 1000) AS _r
