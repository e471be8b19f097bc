WITH _w AS (INSERT INTO "public"."author" AS "t" ("id", "name") VALUES ($1::bigint, $2::text)
RETURNING 1) SELECT NULL::text, count(*), NULL::bigint, NULL::text
FROM _w
-- $1 = 1
-- $2 = A B
