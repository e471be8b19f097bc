SELECT coalesce(json_agg(_r.*), '[]')::text, count(*), NULL::bigint, NULL::text
FROM (SELECT "e1".v AS "author_id", "e3".v AS "editor"
FROM "public"."book" AS "t0"
LEFT JOIN LATERAL (SELECT row_to_json(_r.*)::jsonb AS v
FROM (SELECT "t2"."name" AS "name"
FROM "public"."author" AS "t2"
WHERE "t2"."id" = "t0"."author_id") AS _r) AS "e1" ON TRUE
LEFT JOIN LATERAL (SELECT row_to_json(_r.*)::jsonb AS v
FROM (SELECT "t4"."name" AS "name"
FROM "public"."author" AS "t4"
WHERE "t4"."id" = "t0"."editor_id") AS _r) AS "e3" ON TRUE
LIMIT 1000) AS _r
