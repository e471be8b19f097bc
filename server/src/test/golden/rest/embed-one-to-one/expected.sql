SELECT coalesce(json_agg(_r.*), '[]')::text, count(*), NULL::bigint, NULL::text
FROM (SELECT "t0"."title" AS "title", "e1".v AS "isbn"
FROM "public"."book" AS "t0"
LEFT JOIN LATERAL (SELECT row_to_json(_r.*)::jsonb AS v
FROM (SELECT "t2"."code" AS "code"
FROM "public"."isbn" AS "t2"
WHERE "t2"."id" = "t0"."id") AS _r) AS "e1" ON TRUE
LIMIT 1000) AS _r
