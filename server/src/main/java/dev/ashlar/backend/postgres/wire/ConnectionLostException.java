package dev.ashlar.backend.postgres.wire;

import org.jspecify.annotations.Nullable;

/// The connection ended before the answer; whether the statement took effect is not known.
public final class ConnectionLostException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ConnectionLostException(@Nullable Throwable cause) {
        super("the connection was lost", cause, false, false);
    }
}
