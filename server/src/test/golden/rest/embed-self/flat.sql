SELECT _r."name", _r."parent", _r."folder" FROM (…) AS _r
-- TEXT name
-- JSON parent
-- JSON folder
