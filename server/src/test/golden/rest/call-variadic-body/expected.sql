SELECT coalesce((json_agg(_s."ashlar scalar")->0)::text, 'null'), count(*), NULL::bigint, NULL::text
FROM (SELECT "t0"."ashlar scalar"
FROM json_to_record($1::text::json) AS _a("n" integer[]), LATERAL "public"."total"(VARIADIC "n" => _a."n") AS "t0"("ashlar scalar")) AS _s
-- $1 = {"n":[1,2]}
