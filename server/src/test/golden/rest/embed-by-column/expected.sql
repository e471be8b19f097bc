SELECT coalesce(json_agg(_r.*), '[]')::text, count(*), NULL::bigint, NULL::text
FROM (SELECT "e1".v AS "author_id", "e2".v AS "editor"
FROM "public"."book" AS "t0"
LEFT JOIN LATERAL (SELECT row_to_json(_r.*) AS v
FROM (SELECT "t3"."name" AS "name"
FROM "public"."author" AS "t3"
WHERE "t3"."id" = "t0"."author_id"
LIMIT $1) AS _r) AS "e1" ON TRUE
LEFT JOIN LATERAL (SELECT row_to_json(_r.*) AS v
FROM (SELECT "t4"."name" AS "name"
FROM "public"."author" AS "t4"
WHERE "t4"."id" = "t0"."editor_id"
LIMIT $2) AS _r) AS "e2" ON TRUE
LIMIT $3) AS _r
-- $1 = 1000
-- $2 = 1000
-- $3 = 1000
