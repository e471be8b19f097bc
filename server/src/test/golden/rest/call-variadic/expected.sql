SELECT coalesce((json_agg(_r.pgrst_scalar)->0)::text, 'null'), greatest(count(*), 1), NULL::bigint, NULL::text
FROM (SELECT t0.pgrst_scalar
FROM "public"."total"(VARIADIC "n" => $1::text[]::integer[]) AS t0(pgrst_scalar)) AS _r
-- $1 = [1, 2]
