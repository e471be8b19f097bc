WITH _w AS (INSERT INTO "public"."loan" AS "t" ("book_id", "day") SELECT _p."book_id", _p."day"
FROM json_to_record($1::text::json) AS _p("book_id" bigint, "day" date)
RETURNING json_build_object($2::text, "t"."book_id"::text, $3::text, "t"."day"::text)::text AS "ashlar location") SELECT NULL::text, count(*), NULL::bigint, min(_w."ashlar location")
FROM _w
-- $1 = {"book_id":1,"day":"2026-01-02"}
-- $2 = book_id
-- $3 = day
