WITH _w AS (DELETE
FROM "public"."book" AS "t"
WHERE "t"."id" = $1::text::bigint OR "t"."id" = $2::text::bigint
RETURNING 1) SELECT NULL::text, count(*), NULL::bigint, NULL::text
FROM _w
-- $1 = 1
-- $2 = 2
