SELECT _r."title", _r."label" FROM (…) AS _r
-- TEXT title
-- JSON label
