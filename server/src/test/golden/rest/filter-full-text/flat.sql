SELECT _r."id", _r."title", _r."author_id", _r."editor_id", _r."price", pg_catalog.to_json(_r."tags"), _r."data"::pg_catalog.jsonb, _r."meta"::pg_catalog.json, _r."pages", pg_catalog.to_json(_r."mood"), _r."words"
FROM (SELECT "t0".*
FROM "public"."book" AS "t0"
WHERE "t0"."words" @@ to_tsquery($1::text) AND "t0"."words" @@ plainto_tsquery($2::text::regconfig, $3::text) AND to_tsvector("t0"."title") @@ phraseto_tsquery($4::text) AND to_tsvector($5::text::regconfig, "t0"."data") @@ websearch_to_tsquery($6::text::regconfig, $7::text)
LIMIT $8) AS _r
-- $1 = cat
-- $2 = english
-- $3 = the cat
-- $4 = a b
-- $5 = french
-- $6 = french
-- $7 = chat
-- $8 = 1000
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
