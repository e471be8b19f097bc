SELECT coalesce((json_agg(_s."ashlar scalar")->0)::text, 'null'), count(*), NULL::bigint, NULL::text
FROM (SELECT "t0"."ashlar scalar"
FROM json_to_record($1::text::json) AS _a("a" integer, "b" integer), LATERAL "public"."add"("a" => _a."a", "b" => _a."b") AS "t0"("ashlar scalar")) AS _s
-- $1 = {"a":1,"b":2}
