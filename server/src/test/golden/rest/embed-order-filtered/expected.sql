SELECT coalesce(json_agg(_r.*), '[]')::text, count(*), NULL::bigint, NULL::text
FROM (SELECT "t0"."title" AS "title", "e1".v AS "author"
FROM "public"."book" AS "t0"
LEFT JOIN LATERAL (SELECT (SELECT row_to_json(_r.*)::jsonb
FROM (SELECT "t2"."name" AS "name") AS _r) AS v, "t2"."name" AS "ashlar sort 0"
FROM "public"."author" AS "t2"
WHERE "t2"."id" = "t0"."author_id" AND ("t2"."born" > $1::text::integer)) AS "e1" ON TRUE
ORDER BY "e1"."ashlar sort 0" DESC NULLS LAST
LIMIT 1000) AS _r
-- $1 = 1900
