SELECT coalesce(json_agg(_r.*), '[]')::text, count(*), NULL::bigint, NULL::text
FROM (SELECT "t0".*
FROM "public"."book" AS "t0"
WHERE "t0"."tags" @> $1::text::text[] AND "t0"."tags" <@ $2::text::text[] AND "t0"."tags" && $3::text::text[] AND "t0"."tags" = $4::text::text[]
LIMIT 1000) AS _r
-- $1 = {a,b}
-- $2 = {a,b,c}
-- $3 = {z}
-- $4 = {a}
