SELECT coalesce((json_agg(_r.pgrst_scalar)->0)::text, 'null'), greatest(count(*), 1), NULL::bigint, NULL::text
FROM (SELECT t0.pgrst_scalar
FROM json_to_record($1::text::json) AS _a("n" integer[]), LATERAL "public"."total"(VARIADIC "n" => _a."n") AS t0(pgrst_scalar)) AS _r
-- $1 = {"n":[1,2]}
