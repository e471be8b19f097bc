SELECT _r."title", _r."author" FROM (…) AS _r
-- TEXT title
-- JSON author
