SELECT coalesce(json_agg(_r.*), '[]')::text, count(*), NULL::bigint, NULL::text
FROM (SELECT "t0".*
FROM "public"."book" AS "t0"
WHERE "t0"."price" IS NULL AND "t0"."title" IS NOT NULL
LIMIT 1000) AS _r
