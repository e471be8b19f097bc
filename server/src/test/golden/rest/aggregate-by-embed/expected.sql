SELECT coalesce(json_agg(_r.*), '[]')::text, count(*), NULL::bigint, NULL::text
FROM (SELECT sum("t0"."price") AS "sum", "e1".v AS "author"
FROM "public"."book" AS "t0"
LEFT JOIN LATERAL (SELECT row_to_json(_r.*)::jsonb AS v
FROM (SELECT "t2"."name" AS "name"
FROM "public"."author" AS "t2"
WHERE "t2"."id" = "t0"."author_id") AS _r) AS "e1" ON TRUE GROUP BY 2
LIMIT 1000) AS _r
