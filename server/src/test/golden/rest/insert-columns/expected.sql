WITH _w AS (INSERT INTO "public"."author" AS "t" ("name") SELECT *
FROM unnest($1::text[])
RETURNING 1) SELECT NULL::text, count(*), NULL::bigint, NULL::text
FROM _w
-- $1 = [Ada, Alan]
