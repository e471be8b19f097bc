package dev.ashlar.backend.sql;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// One row of a domain's own query, read by column name. `find` is empty for NULL; `require` means
/// that NULL is a bug.
public interface SqlRow {
    Optional<String> findText(String column);

    String requireText(String column);

    Optional<UUID> findUuid(String column);

    UUID requireUuid(String column);

    Optional<Instant> findInstant(String column);

    Instant requireInstant(String column);

    boolean requireBoolean(String column);

    long requireLong(String column);
}
