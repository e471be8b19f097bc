SELECT _r."id", _r."title", _r."author_id", _r."editor_id", _r."price", pg_catalog.to_json(_r."tags"), _r."data"::pg_catalog.jsonb, _r."meta"::pg_catalog.json, _r."pages", pg_catalog.to_json(_r."mood"), _r."words"
FROM (SELECT "t0".*
FROM "public"."book" AS "t0"
WHERE NOT ("t0"."title" = $1::text) AND NOT ("t0"."id" = ANY ($2::text[]::bigint[])) AND NOT ("t0"."price" IS NULL)
LIMIT $3) AS _r
-- $1 = x
-- $2 = [1, 2]
-- $3 = 1000
-- NUMBER id
-- TEXT title
-- NUMBER author_id
-- NUMBER editor_id
-- NUMBER price
-- JSON tags
-- JSON data
-- JSON meta
-- TEXT pages
-- JSON mood
-- TEXT words
