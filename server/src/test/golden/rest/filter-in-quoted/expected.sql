SELECT coalesce(json_agg(_r.*), '[]')::text, count(*), NULL::bigint, NULL::text
FROM (SELECT "t0".*
FROM "public"."book" AS "t0"
WHERE "t0"."title" = ANY (ARRAY[$1::text, $2::text, $3::text, $4::text])
LIMIT 1000) AS _r
-- $1 = a,b
-- $2 = say "hi"
-- $3 = plain
-- $4 = 
