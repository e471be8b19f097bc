WITH _w AS (UPDATE "public"."author" AS "t" SET "name" = _p."name"
FROM json_to_recordset($1::text::json) AS _p("id" bigint, "name" text)
WHERE "t"."id" = _p."id" AND ("t"."born" > $2::text::integer)
RETURNING "t"."id", "t"."name", "t"."born") SELECT coalesce(json_agg(_r.*), '[]')::text, count(*), NULL::bigint, NULL::text
FROM (SELECT "t0"."id" AS "id", "t0"."name" AS "name", "t0"."born" AS "born"
FROM _w AS "t0") AS _r
-- $1 = [{"id":1,"name":"A"},{"id":2,"name":"B"}]
-- $2 = 1900
