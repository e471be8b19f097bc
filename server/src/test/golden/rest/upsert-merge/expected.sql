WITH _w AS (INSERT INTO "public"."author" AS "t" ("id", "name") SELECT _p."id", _p."name"
FROM json_to_record($1::text::json) AS _p("id" bigint, "name" text)
WHERE (SELECT set_config('ashlar.updated', '0', TRUE)) = '0'
ON CONFLICT ("id") DO UPDATE SET "id" = EXCLUDED."id", "name" = EXCLUDED."name"
WHERE set_config('ashlar.updated', (current_setting('ashlar.updated')::bigint + 1)::text, TRUE) <> ''
RETURNING 1) SELECT NULL::text, count(*), NULL::bigint, NULL::text, count(*) - coalesce(nullif(current_setting('ashlar.updated', TRUE), ''), '0')::bigint
FROM _w
-- $1 = {"id":1,"name":"Ada"}
