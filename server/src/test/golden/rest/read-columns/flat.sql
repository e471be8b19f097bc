SELECT _r."id", _r."name", _r."price", pg_catalog.to_json(_r."tags")
FROM (SELECT "t0"."id" AS "id", "t0"."title" AS "name", CAST("t0"."price" AS "text") AS "price", "t0"."tags" AS "tags"
FROM "public"."book" AS "t0"
LIMIT $1) AS _r
-- $1 = 1000
-- NUMBER id
-- TEXT name
-- TEXT price
-- JSON tags
