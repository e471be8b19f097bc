SELECT _r."i""d", _r."co,l.umn" FROM (…) AS _r
-- NUMBER i"d
-- TEXT co,l.umn
