SELECT coalesce(json_agg(_r.*), '[]')::text, count(*), NULL::bigint, NULL::text
FROM (SELECT "t0"."i""d" AS "i""d", "t0"."co,l.umn" AS "co,l.umn"
FROM "public"."we ird" AS "t0"
WHERE "t0"."co,l.umn" = $1::text
ORDER BY "t0"."i""d" DESC
LIMIT 1000) AS _r
-- $1 = 1
