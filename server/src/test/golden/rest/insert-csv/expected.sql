WITH _w AS (INSERT INTO "public"."author" AS "t" ("id", "name") SELECT *
FROM unnest($1::bigint[], $2::text[])
RETURNING 1) SELECT NULL::text, count(*), NULL::bigint, NULL::text
FROM _w
-- $1 = [1, 2]
-- $2 = [A "B", null]
