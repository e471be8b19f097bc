SELECT coalesce(json_agg(_r.*), '[]')::text, count(*), NULL::bigint, NULL::text
FROM (SELECT "t0"."id" AS "id", "e1".v AS "book"
FROM "public"."review" AS "t0"
LEFT JOIN LATERAL (SELECT (SELECT row_to_json(_r.*)::jsonb
FROM (SELECT "t2"."title" AS "title") AS _r) AS v, "t2"."title" AS "ashlar sort 0"
FROM "public"."book" AS "t2"
WHERE "t2"."id" = "t0"."book_id") AS "e1" ON TRUE
ORDER BY "e1"."ashlar sort 0" DESC, "t0"."id" ASC
LIMIT 1000) AS _r
