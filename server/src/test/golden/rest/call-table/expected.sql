SELECT coalesce(json_agg(_r.*), '[]')::text, count(*), (SELECT count(*)
FROM (SELECT 1
FROM json_to_record($1::text::json) AS _a("since" integer), LATERAL "public"."stats"("since" => _a."since") AS "t0"
WHERE "t0"."author" = $2::text) AS _c), NULL::text
FROM (SELECT "t1".*
FROM json_to_record($3::text::json) AS _a("since" integer), LATERAL "public"."stats"("since" => _a."since") AS "t1"
WHERE "t1"."author" = $4::text
LIMIT 1000) AS _r
-- $1 = {"since":1990}
-- $2 = Ada
-- $3 = {"since":1990}
-- $4 = Ada
