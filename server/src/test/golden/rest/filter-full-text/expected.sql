SELECT coalesce(json_agg(_r.*), '[]')::text, count(*), NULL::bigint, NULL::text
FROM (SELECT "t0".*
FROM "public"."book" AS "t0"
WHERE "t0"."words" @@ to_tsquery($1::text) AND "t0"."words" @@ plainto_tsquery($2::text::regconfig, $3::text) AND to_tsvector("t0"."title") @@ phraseto_tsquery($4::text) AND to_tsvector($5::text::regconfig, "t0"."data") @@ websearch_to_tsquery($6::text::regconfig, $7::text)
LIMIT 1000) AS _r
-- $1 = cat
-- $2 = english
-- $3 = the cat
-- $4 = a b
-- $5 = french
-- $6 = french
-- $7 = chat
