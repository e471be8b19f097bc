package dev.ashlar.backend.postgres.migrate;

import java.sql.SQLException;
import java.util.Optional;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/// A statement of a migration that the database refused; the message is ready for its author.
final class StatementFailure extends SQLException {
    private static final long serialVersionUID = 1L;

    private static final String NO_ACTIVE_SQL_TRANSACTION = "25001";

    StatementFailure(MigrationFile file, SqlScript.Statement statement, SQLException cause) {
        super(describe(file, statement, cause), cause.getSQLState(), cause);
    }

    /// The one behind what a library wrapped around it.
    static Optional<StatementFailure> findIn(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof StatementFailure failure) {
                return Optional.of(failure);
            }
        }
        return Optional.empty();
    }

    private static String describe(
            MigrationFile file, SqlScript.Statement statement, SQLException cause) {
        ServerErrorMessage server =
                cause instanceof PSQLException postgres ? postgres.getServerErrorMessage() : null;
        StringJoiner message = new StringJoiner("\n");
        if (server == null) {
            message.add(file.at(statement.offset()) + ": " + cause.getMessage());
            return message.add("  in: " + statement.firstLine()).toString();
        }
        message.add(file.at(offset(statement, server)) + ": " + server.getMessage());
        message.add("  in: " + statement.firstLine());
        add(message, "detail", server.getDetail());
        add(message, "hint", server.getHint());
        add(message, "where", server.getWhere());
        if (NO_ACTIVE_SQL_TRANSACTION.equals(cause.getSQLState()) && file.sql().inTransaction()) {
            message.add(
                    "  hint: put it alone into a file that begins with the line"
                            + " \"-- ashlar: no-transaction\"");
        }
        return message.add("  SQLSTATE " + cause.getSQLState()).toString();
    }

    /// The server counts characters (code points) of the statement from one; 0 means it gave none.
    private static int offset(SqlScript.Statement statement, ServerErrorMessage server) {
        int position = server.getPosition() - 1;
        String sql = statement.sql();
        if (position <= 0 || position > sql.codePointCount(0, sql.length())) {
            return statement.offset();
        }
        return statement.offset() + sql.offsetByCodePoints(0, position);
    }

    private static void add(StringJoiner message, String label, @Nullable String text) {
        if (text != null) {
            message.add("  " + label + ": " + text.replace("\n", "\n    "));
        }
    }
}
