package dev.ashlar.backend.postgres;

import dev.ashlar.backend.sql.SqlStatement;

/// What a transaction may do, and how it is kept from others (PostgreSQL manual, 13.2).
enum Access {
    READ_ONLY,
    READ_WRITE,
    READ_ONLY_REPEATABLE,
    READ_WRITE_REPEATABLE,
    READ_ONLY_SERIALIZABLE,
    READ_WRITE_SERIALIZABLE;

    SqlStatement begin() {
        return switch (this) {
            case READ_ONLY -> SessionSettings.BEGIN_READ_ONLY;
            case READ_WRITE -> SessionSettings.BEGIN_READ_WRITE;
            case READ_ONLY_REPEATABLE -> SessionSettings.BEGIN_READ_ONLY_REPEATABLE;
            case READ_WRITE_REPEATABLE -> SessionSettings.BEGIN_READ_WRITE_REPEATABLE;
            case READ_ONLY_SERIALIZABLE -> SessionSettings.BEGIN_READ_ONLY_SERIALIZABLE;
            case READ_WRITE_SERIALIZABLE -> SessionSettings.BEGIN_READ_WRITE_SERIALIZABLE;
        };
    }

    /// The same at an isolation level as PostgreSQL writes it.
    Access at(String isolation) {
        boolean reads = this == READ_ONLY;
        return switch (isolation) {
            case "repeatable read" -> reads ? READ_ONLY_REPEATABLE : READ_WRITE_REPEATABLE;
            case "serializable" -> reads ? READ_ONLY_SERIALIZABLE : READ_WRITE_SERIALIZABLE;
            default -> this;
        };
    }
}
