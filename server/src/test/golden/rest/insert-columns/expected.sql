WITH _w AS (INSERT INTO "public"."author" AS "t" ("name") SELECT _p."name"
FROM json_to_recordset($1::text::json) AS _p("name" text)
RETURNING 1) SELECT NULL::text, count(*), NULL::bigint, NULL::text
FROM _w
-- $1 = [{"name":"Ada","junk":1},{"name":"Alan"}]
