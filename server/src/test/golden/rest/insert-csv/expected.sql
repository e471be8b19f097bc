WITH _w AS (INSERT INTO "public"."author" AS "t" ("id", "name") SELECT _p."id", _p."name"
FROM json_to_recordset($1::text::json) AS _p("id" bigint, "name" text)
RETURNING 1) SELECT NULL::text, count(*), NULL::bigint, NULL::text
FROM _w
-- $1 = [{"id":"1","name":"A \"B\""},{"id":"2","name":null}]
