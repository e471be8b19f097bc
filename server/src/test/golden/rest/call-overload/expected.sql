SELECT coalesce((json_agg(_r.pgrst_scalar)->0)::text, 'null'), greatest(count(*), 1), NULL::bigint, NULL::text
FROM (SELECT t0.pgrst_scalar
FROM "public"."pick"("a" => $1::text::integer, "b" => $2::text::text) AS t0(pgrst_scalar)) AS _r
-- $1 = 1
-- $2 = x
