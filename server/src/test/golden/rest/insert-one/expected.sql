WITH _w AS (INSERT INTO "public"."author" AS "t" ("name", "born") VALUES ($1::text, $2::integer)
RETURNING 1) SELECT NULL::text, count(*), NULL::bigint, NULL::text
FROM _w
-- $1 = Ada
-- $2 = 1815
