WITH _w AS (UPDATE "public"."book" AS "t" SET "title" = $1::text
WHERE ("t"."id") IN (SELECT "c"."id"
FROM "public"."book" AS "c"
WHERE "c"."price" > $2::text::numeric
ORDER BY "c"."price" DESC NULLS LAST, "c"."id" ASC
LIMIT 2 OFFSET $3)
RETURNING 1) SELECT NULL::text, count(*), NULL::bigint, NULL::text
FROM _w
-- $1 = x
-- $2 = 5
-- $3 = 1
