SELECT _r."id", _r."title", _r."author_id", _r."editor_id", _r."price", pg_catalog.to_json(_r."tags"), _r."data"::pg_catalog.jsonb, _r."meta"::pg_catalog.json, _r."pages", pg_catalog.to_json(_r."mood"), _r."words"
FROM (SELECT "t0".*
FROM "public"."book" AS "t0"
WHERE "t0"."title" LIKE ANY ($1::text::text[]) AND "t0"."id" > ALL ($2::text::text[]::bigint[])
LIMIT $3) AS _r
-- $1 = {A%,B%}
-- $2 = {1,2}
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
