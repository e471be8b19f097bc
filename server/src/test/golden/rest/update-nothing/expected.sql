WITH _w AS (SELECT NULL::text AS "ashlar location"
FROM "public"."book" AS "t"
WHERE FALSE) SELECT NULL::text, count(*), NULL::bigint, NULL::text
FROM _w
