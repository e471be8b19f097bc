SELECT _r."book" FROM (…) AS _r
-- JSON book
