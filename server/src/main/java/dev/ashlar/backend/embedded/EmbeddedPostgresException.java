package dev.ashlar.backend.embedded;

import org.jspecify.annotations.Nullable;

/// The data directory or the embedded PostgreSQL cannot be used. The message is for the person at
/// the terminal: what is wrong, and what to do. It holds no secrets.
public final class EmbeddedPostgresException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public EmbeddedPostgresException(String message) {
        super(message);
    }

    public EmbeddedPostgresException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
