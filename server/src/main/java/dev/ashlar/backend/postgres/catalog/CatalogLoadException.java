package dev.ashlar.backend.postgres.catalog;

import org.jspecify.annotations.Nullable;

/// The catalog could not be read; what was loaded before still holds.
public final class CatalogLoadException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CatalogLoadException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
