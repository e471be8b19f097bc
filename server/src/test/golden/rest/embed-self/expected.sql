SELECT coalesce(json_agg(_r.*), '[]')::text, count(*), NULL::bigint, NULL::text
FROM (SELECT "t0"."name" AS "name", "e1".v AS "parent", coalesce("e3".v, '[]') AS "folder"
FROM "public"."folder" AS "t0"
LEFT JOIN LATERAL (SELECT row_to_json(_r.*)::jsonb AS v
FROM (SELECT "t2"."name" AS "name"
FROM "public"."folder" AS "t2"
WHERE "t2"."id" = "t0"."parent_id") AS _r) AS "e1" ON TRUE
LEFT JOIN LATERAL (SELECT json_agg(_r.*)::jsonb AS v
FROM (SELECT "t4"."name" AS "name"
FROM "public"."folder" AS "t4"
WHERE "t4"."parent_id" = "t0"."id"
LIMIT 1000) AS _r) AS "e3" ON TRUE
LIMIT 1000) AS _r
