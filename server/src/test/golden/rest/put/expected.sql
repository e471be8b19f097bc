WITH _w AS (INSERT INTO "public"."loan" AS "t" ("book_id", "day", "who") SELECT _p."book_id", _p."day", _p."who"
FROM json_to_record($1::text::json) AS _p("book_id" bigint, "day" date, "who" text)
WHERE (SELECT set_config('ashlar.updated', '0', TRUE)) = '0' AND ("_p"."book_id" = $2::text::bigint AND "_p"."day" = $3::text::date)
ON CONFLICT ("book_id", "day") DO UPDATE SET "book_id" = EXCLUDED."book_id", "day" = EXCLUDED."day", "who" = EXCLUDED."who"
WHERE set_config('ashlar.updated', (current_setting('ashlar.updated')::bigint + 1)::text, TRUE) <> ''
RETURNING "t"."book_id", "t"."day", "t"."who") SELECT coalesce(json_agg(_r.*), '[]')::text, count(*), NULL::bigint, NULL::text, count(*) - coalesce(nullif(current_setting('ashlar.updated', TRUE), ''), '0')::bigint
FROM (SELECT "t0"."book_id" AS "book_id", "t0"."day" AS "day", "t0"."who" AS "who"
FROM _w AS "t0") AS _r
-- $1 = {"book_id":1,"day":"2026-01-02","who":"Bob"}
-- $2 = 1
-- $3 = 2026-01-02
