WITH _w AS (DELETE
FROM "public"."book_label" AS "t"
WHERE ("t"."book_id", "t"."label_id") IN (SELECT "c"."book_id", "c"."label_id"
FROM "public"."book_label" AS "c"
ORDER BY "c"."book_id" ASC
LIMIT 1)
RETURNING 1) SELECT NULL::text, count(*), NULL::bigint, NULL::text
FROM _w
