SELECT coalesce((json_agg(_s."ashlar scalar")->0)::text, 'null'), count(*), NULL::bigint, NULL::text
FROM (SELECT "t0"."ashlar scalar"
FROM "public"."pick"("a" => $1::text::integer, "b" => $2::text::text) AS "t0"("ashlar scalar")) AS _s
-- $1 = 1
-- $2 = x
