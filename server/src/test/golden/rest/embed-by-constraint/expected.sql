SELECT coalesce(json_agg(_r.*), '[]')::text, count(*), NULL::bigint, NULL::text
FROM (SELECT coalesce("e1".v, '[]') AS "book"
FROM "public"."author" AS "t0"
LEFT JOIN LATERAL (SELECT json_agg(_r.*)::jsonb AS v
FROM (SELECT "t2"."title" AS "title"
FROM "public"."book" AS "t2"
WHERE "t2"."editor_id" = "t0"."id"
LIMIT 1000) AS _r) AS "e1" ON TRUE
LIMIT 1000) AS _r
