SELECT coalesce(json_agg(_r.*), '[]')::text, count(*), NULL::bigint, NULL::text
FROM (SELECT "t0".*
FROM "public"."book" AS "t0"
WHERE "t0"."pages" << $1::text::int4range AND "t0"."pages" >> $2::text::int4range AND "t0"."pages" &< $3::text::int4range AND "t0"."pages" &> $4::text::int4range AND "t0"."pages" -|- $5::text::int4range AND "t0"."pages" && $6::text::int4range
LIMIT 1000) AS _r
-- $1 = [1,2)
-- $2 = [1,2)
-- $3 = [1,2)
-- $4 = [1,2)
-- $5 = [1,2)
-- $6 = [1,9]
