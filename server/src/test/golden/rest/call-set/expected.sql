SELECT coalesce(json_agg(_s."ashlar scalar"), '[]')::text, count(*), NULL::bigint, NULL::text
FROM (SELECT "t0"."ashlar scalar"
FROM "public"."years"() AS "t0"("ashlar scalar")
LIMIT $1 OFFSET $2) AS _s
-- $1 = 3
-- $2 = 0
