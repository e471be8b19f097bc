SELECT coalesce((json_agg(_s."ashlar scalar")->0)::text, 'null'), count(*), NULL::bigint, NULL::text
FROM (SELECT "t0"."ashlar scalar"
FROM "public"."echo"($1::text::json) AS "t0"("ashlar scalar")) AS _s
-- $1 = {"anything":[1]}
