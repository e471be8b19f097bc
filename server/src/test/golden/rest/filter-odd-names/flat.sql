SELECT _r."i""d", _r."co,l.umn"
FROM (SELECT "t0"."i""d" AS "i""d", "t0"."co,l.umn" AS "co,l.umn"
FROM "public"."we ird" AS "t0"
WHERE "t0"."co,l.umn" = $1::text
ORDER BY "t0"."i""d" DESC
LIMIT $2) AS _r
-- $1 = 1
-- $2 = 1000
-- NUMBER i"d
-- TEXT co,l.umn
