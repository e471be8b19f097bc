WITH _w AS (INSERT INTO "public"."author" AS "t" ("name") SELECT _p."name"
FROM json_to_recordset($1::text::json) AS _p("name" text)
RETURNING "t"."id", "t"."name") SELECT coalesce(json_agg(_r.*), '[]')::text, count(*), NULL::bigint, NULL::text
FROM (SELECT "t0"."id" AS "id", "t0"."name" AS "name"
FROM _w AS "t0") AS _r
-- $1 = [{"name":"Ada"},{"name":"Alan"}]
