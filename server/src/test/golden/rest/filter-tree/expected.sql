SELECT coalesce(json_agg(_r.*), '[]')::text, count(*), NULL::bigint, NULL::text
FROM (SELECT "t0".*
FROM "public"."book" AS "t0"
WHERE "t0"."id" = $1::text::bigint OR ("t0"."id" > $2::text::bigint AND NOT ("t0"."title" LIKE $3::text)) OR NOT ("t0"."price" IS NULL OR "t0"."tags" @> $4::text::text[])
LIMIT 1000) AS _r
-- $1 = 1
-- $2 = 5
-- $3 = A%
-- $4 = {a,b}
