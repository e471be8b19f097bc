package dev.ashlar.backend.postgres.migrate;

import java.sql.SQLWarning;
import org.postgresql.util.PSQLWarning;
import org.postgresql.util.ServerErrorMessage;

/// What the database remarks without refusing anything.
final class Remark {
    private Remark() {}

    /// `NOTICE: … (hint)` on one line.
    static String text(SQLWarning warning) {
        ServerErrorMessage server =
                warning instanceof PSQLWarning postgres ? postgres.getServerErrorMessage() : null;
        if (server == null) {
            return String.valueOf(warning.getMessage());
        }
        String hint = server.getHint();
        return server.getSeverity()
                + ": "
                + server.getMessage()
                + (hint == null ? "" : " (" + hint + ")");
    }
}
