SELECT _r."id", _r."title", _r."author_id", _r."editor_id", _r."price", pg_catalog.to_json(_r."tags"), _r."data"::pg_catalog.jsonb, _r."meta"::pg_catalog.json, _r."pages", pg_catalog.to_json(_r."mood"), _r."words"
FROM (SELECT "t0".*
FROM "public"."book" AS "t0"
WHERE ("t0"."data"->$1::text->(0)->>$2::text) = $3::text AND ("t0"."data"->$4::text) > $5::text::jsonb AND ("t0"."meta"->>$6::text) IS NULL AND ("t0"."data"->>$7::text) = ANY ($8::text[])
LIMIT $9) AS _r
-- $1 = a
-- $2 = b
-- $3 = x
-- $4 = n
-- $5 = 3
-- $6 = k
-- $7 = d
-- $8 = [1, 2]
-- $9 = 1000
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
