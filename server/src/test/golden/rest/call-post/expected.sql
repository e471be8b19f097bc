SELECT coalesce((json_agg(_r.pgrst_scalar)->0)::text, 'null'), greatest(count(*), 1), NULL::bigint, NULL::text
FROM (SELECT t0.pgrst_scalar
FROM json_to_record($1::text::json) AS _a("a" integer, "b" integer), LATERAL "public"."add"("a" => _a."a", "b" => _a."b") AS t0(pgrst_scalar)) AS _r
-- $1 = {"a":1,"b":2}
