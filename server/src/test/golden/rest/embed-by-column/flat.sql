SELECT _r."author_id", _r."editor" FROM (…) AS _r
-- JSON author_id
-- JSON editor
