SELECT _r."title", _r."review" FROM (…) AS _r
-- TEXT title
-- JSON review
