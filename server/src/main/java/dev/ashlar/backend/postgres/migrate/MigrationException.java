package dev.ashlar.backend.postgres.migrate;

import org.jspecify.annotations.Nullable;

/// The schema could not be brought up to date. The message is written for the person who wrote the
/// migration: file, place, the database's words, and what to do.
public final class MigrationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public MigrationException(String message) {
        this(message, null);
    }

    public MigrationException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
