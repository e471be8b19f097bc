-- Read before Flyway is even loaded: on most starts nothing is pending, and then this is all there is to do.
select version, checksum, success from ashlar.schema_history where type = 'SQL';
