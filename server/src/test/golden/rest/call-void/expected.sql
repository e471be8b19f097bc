SELECT NULL::text, count(*), NULL::bigint, NULL::text
FROM "public"."touch"() AS t0
