SELECT coalesce(json_agg(_r.*), '[]')::text, count(*), NULL::bigint, NULL::text
FROM (SELECT "t0".*
FROM "public"."book" AS "t0"
ORDER BY "t0"."title" DESC NULLS LAST, ("t0"."data"->>$1::text) ASC, "t0"."id" ASC NULLS FIRST
LIMIT 1000) AS _r
-- $1 = a
