SELECT _r."title", _r."isbn" FROM (…) AS _r
-- TEXT title
-- JSON isbn
