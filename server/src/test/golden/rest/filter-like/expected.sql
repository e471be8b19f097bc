SELECT coalesce(json_agg(_r.*), '[]')::text, count(*), NULL::bigint, NULL::text
FROM (SELECT "t0".*
FROM "public"."book" AS "t0"
WHERE "t0"."title" LIKE $1::text AND "t0"."title" ILIKE $2::text AND "t0"."title" ~ $3::text AND "t0"."title" ~* $4::text
LIMIT 1000) AS _r
-- $1 = A%
-- $2 = %b%
-- $3 = ^a
-- $4 = z$
