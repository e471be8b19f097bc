package dev.ashlar.backend.postgres.policy;

import java.sql.SQLException;

/// A database cannot be used for policy tests. The message is the database's.
public final class PolicyLabException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PolicyLabException(SQLException cause) {
        super(Bench.words(cause), cause);
    }
}
