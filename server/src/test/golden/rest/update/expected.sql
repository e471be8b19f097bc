WITH _w AS (UPDATE "public"."book" AS "t" SET "title" = _p."title", "tags" = _p."tags"
FROM json_to_record($1::text::json) AS _p("title" text, "tags" text[])
WHERE "t"."id" = $2::text::bigint
RETURNING 1) SELECT NULL::text, count(*), NULL::bigint, NULL::text
FROM _w
-- $1 = {"title":"T","tags":["a"]}
-- $2 = 1
