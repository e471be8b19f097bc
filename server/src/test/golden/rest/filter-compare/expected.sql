SELECT coalesce(json_agg(_r.*), '[]')::text, count(*), NULL::bigint, NULL::text
FROM (SELECT "t0".*
FROM "public"."book" AS "t0"
WHERE "t0"."id" > $1::text::bigint AND "t0"."id" <= $2::text::bigint AND "t0"."title" <> $3::text AND "t0"."price" >= $4::text::numeric
LIMIT 1000) AS _r
-- $1 = 1
-- $2 = 9
-- $3 = x
-- $4 = 1.5
