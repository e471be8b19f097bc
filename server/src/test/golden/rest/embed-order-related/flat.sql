SELECT _r."id", _r."book" FROM (…) AS _r
-- NUMBER id
-- JSON book
