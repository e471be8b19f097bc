select coalesce(array_agg(name), '{}') @> ?::text[] and coalesce(array_agg(name), '{}') <@ ?::text[]
from ashlar.exposed_schema;
