SELECT _r."id", _r."review" FROM (…) AS _r
-- NUMBER id
-- JSON review
