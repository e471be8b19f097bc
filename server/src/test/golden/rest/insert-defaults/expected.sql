WITH _w AS (INSERT INTO "public"."author" AS "t" SELECT
FROM generate_series(1, 1)
RETURNING 1) SELECT NULL::text, count(*), NULL::bigint, NULL::text
FROM _w
