SELECT coalesce((json_agg(_r.pgrst_scalar))::text, '[]'), count(*), NULL::bigint, NULL::text
FROM (SELECT t0.pgrst_scalar
FROM "public"."years"() AS t0(pgrst_scalar)
LIMIT $1) AS _r
-- $1 = 3
