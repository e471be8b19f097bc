SELECT coalesce(json_agg(_r.*), '[]')::text, count(*), NULL::bigint, NULL::text
FROM (SELECT "t0".*
FROM "public"."book" AS "t0"
WHERE "t0"."title" LIKE ANY ($1::text::text[]) AND "t0"."id" > ALL ($2::text::text[]::bigint[])
LIMIT 1000) AS _r
-- $1 = {A%,B%}
-- $2 = {1,2}
