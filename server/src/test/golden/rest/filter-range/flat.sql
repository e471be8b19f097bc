SELECT _r."id", _r."title", _r."author_id", _r."editor_id", _r."price", pg_catalog.to_json(_r."tags"), _r."data"::pg_catalog.jsonb, _r."meta"::pg_catalog.json, _r."pages", pg_catalog.to_json(_r."mood"), _r."words"
FROM (SELECT "t0".*
FROM "public"."book" AS "t0"
WHERE "t0"."pages" << $1::text::int4range AND "t0"."pages" >> $2::text::int4range AND "t0"."pages" &< $3::text::int4range AND "t0"."pages" &> $4::text::int4range AND "t0"."pages" -|- $5::text::int4range AND "t0"."pages" && $6::text::int4range
LIMIT $7) AS _r
-- $1 = [1,2)
-- $2 = [1,2)
-- $3 = [1,2)
-- $4 = [1,2)
-- $5 = [1,2)
-- $6 = [1,9]
-- $7 = 1000
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
