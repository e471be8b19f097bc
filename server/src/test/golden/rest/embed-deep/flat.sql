SELECT _r."name", _r."book" FROM (…) AS _r
-- TEXT name
-- JSON book
