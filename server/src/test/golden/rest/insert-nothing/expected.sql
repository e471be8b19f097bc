WITH _w AS (SELECT "t"."id", "t"."name", "t"."born"
FROM "public"."author" AS "t"
WHERE FALSE) SELECT coalesce(json_agg(_r.*), '[]')::text, count(*), NULL::bigint, NULL::text
FROM (SELECT "t0"."id" AS "id", "t0"."name" AS "name", "t0"."born" AS "born"
FROM _w AS "t0") AS _r
