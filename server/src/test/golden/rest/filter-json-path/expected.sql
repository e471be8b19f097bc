SELECT coalesce(json_agg(_r.*), '[]')::text, count(*), NULL::bigint, NULL::text
FROM (SELECT "t0".*
FROM "public"."book" AS "t0"
WHERE ("t0"."data"->$1::text->(0)->>$2::text) = $3::text AND ("t0"."data"->$4::text) > $5::text::jsonb AND ("t0"."meta"->>$6::text) IS NULL AND ("t0"."data"->>$7::text) = ANY (ARRAY[$8::text, $9::text])
LIMIT 1000) AS _r
-- $1 = a
-- $2 = b
-- $3 = x
-- $4 = n
-- $5 = 3
-- $6 = k
-- $7 = d
-- $8 = 1
-- $9 = 2
