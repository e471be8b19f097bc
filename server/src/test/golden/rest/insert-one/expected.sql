WITH _w AS (INSERT INTO "public"."author" AS "t" ("name", "born") SELECT _p."name", _p."born"
FROM json_to_record($1::text::json) AS _p("name" text, "born" integer)
RETURNING 1) SELECT NULL::text, count(*), NULL::bigint, NULL::text
FROM _w
-- $1 = {"name":"Ada","born":1815}
