WITH _w AS (INSERT INTO "public"."author" AS "t" ("name") SELECT *
FROM unnest($1::text[])
RETURNING "t"."id", "t"."name") SELECT coalesce(json_agg(_r.*), '[]')::text, count(*), NULL::bigint, NULL::text
FROM (SELECT "t0"."id" AS "id", "t0"."name" AS "name"
FROM _w AS "t0") AS _r
-- $1 = [Ada, Alan]
