WITH _w AS (SELECT "t".*
FROM "public"."author" AS "t"
WHERE FALSE) SELECT coalesce(json_agg(_r.*), '[]')::text, count(*), NULL::bigint, NULL::text
FROM (SELECT "t0".*
FROM _w AS "t0") AS _r
