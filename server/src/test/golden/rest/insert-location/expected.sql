WITH _w AS (INSERT INTO "public"."loan" AS "t" ("book_id", "day") VALUES ($1::bigint, $2::date)
RETURNING json_build_object($3::text, "t"."book_id"::text, $4::text, "t"."day"::text)::text AS "ashlar location") SELECT NULL::text, count(*), NULL::bigint, min(_w."ashlar location")
FROM _w
-- $1 = 1
-- $2 = 2026-01-02
-- $3 = book_id
-- $4 = day
