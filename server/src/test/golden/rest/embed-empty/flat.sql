SELECT _r."title" FROM (…) AS _r
-- TEXT title
