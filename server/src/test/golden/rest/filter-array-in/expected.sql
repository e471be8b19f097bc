SELECT coalesce(json_agg(_r.*), '[]')::text, count(*), NULL::bigint, NULL::text
FROM (SELECT "t0".*
FROM "public"."book" AS "t0"
WHERE ("t0"."tags" = $1::text::text[] OR "t0"."tags" = $2::text::text[])
LIMIT 1000) AS _r
-- $1 = {a,b}
-- $2 = {c}
