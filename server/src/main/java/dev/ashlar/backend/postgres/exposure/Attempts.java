package dev.ashlar.backend.postgres.exposure;

import dev.ashlar.backend.sql.SqlStatement;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Sends statements of which each may fail, inside one transaction that goes on. What belongs
/// together travels in one message.
final class Attempts {
    /// SQLSTATE 08: the connection is gone, and so is the transaction.
    private static final String LOST = "08";

    private final Connection connection;

    Attempts(Connection connection) {
        this.connection = connection;
    }

    /// What follows is undone by [#undo] of the same name.
    void mark(String savepoint) throws SQLException {
        send("savepoint " + savepoint);
    }

    void undo(String savepoint) throws SQLException {
        send("rollback to savepoint " + savepoint);
    }

    /// Tries statements after undoing all since the mark, in one message: so it costs one round
    /// trip, whether the attempt before failed or not.
    Attempt anew(String savepoint, SqlStatement... statements) throws SQLException {
        return attempt("rollback to savepoint " + savepoint + "; " + joined(statements));
    }

    /// Tries statements each by itself. All travel in one message, and again one by one when any of
    /// them fails, since the server stops at the first.
    List<Attempt> each(String savepoint, List<SqlStatement> statements) throws SQLException {
        String undo = "rollback to savepoint " + savepoint + "; ";
        String all =
                statements.stream()
                        .map(SqlInline::text)
                        .collect(Collectors.joining("; " + undo, undo, ""));
        boolean several = statements.size() > 1;
        if (several && attempt(all) instanceof Attempt.Done done && done.rows().isEmpty()) {
            List<Attempt> attempts = new ArrayList<>();
            for (int i = 0; i < statements.size(); i++) {
                attempts.add(new Attempt.Done(List.of(done.counts().get(2 * i + 1)), List.of()));
            }
            return attempts;
        }
        List<Attempt> attempts = new ArrayList<>();
        for (SqlStatement statement : statements) {
            attempts.add(anew(savepoint, statement));
        }
        return attempts;
    }

    /// Tries statements whose effect stays when all of them succeed.
    Attempt keep(SqlStatement... statements) throws SQLException {
        Attempt attempt =
                attempt("savepoint kept; " + joined(statements) + "; release savepoint kept");
        if (attempt instanceof Attempt.Failed) {
            send("rollback to savepoint kept; release savepoint kept");
        }
        return attempt;
    }

    /// Without a savepoint: for what cannot fail.
    void send(SqlStatement... statements) throws SQLException {
        send(joined(statements));
    }

    private void send(String text) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute(text);
        }
    }

    private static String joined(SqlStatement... statements) {
        return Stream.of(statements).map(SqlInline::text).collect(Collectors.joining("; "));
    }

    private Attempt attempt(String text) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            // Its own escapes, such as {fn …}, are none of ours.
            statement.setEscapeProcessing(false);
            return read(statement, statement.execute(text));
        } catch (SQLException e) {
            if (e.getSQLState() == null || e.getSQLState().startsWith(LOST)) {
                throw e;
            }
            return Attempt.Failed.of(e);
        }
    }

    private static Attempt read(Statement statement, boolean first) throws SQLException {
        List<Long> counts = new ArrayList<>();
        List<List<@Nullable String>> rows = new ArrayList<>();
        boolean isRows = first;
        while (isRows || statement.getLargeUpdateCount() >= 0) {
            if (isRows) {
                rows.addAll(rows(statement.getResultSet()));
            } else {
                counts.add(statement.getLargeUpdateCount());
            }
            isRows = statement.getMoreResults();
        }
        return new Attempt.Done(counts, rows);
    }

    private static List<List<@Nullable String>> rows(ResultSet result) throws SQLException {
        int width = result.getMetaData().getColumnCount();
        List<List<@Nullable String>> rows = new ArrayList<>();
        while (result.next()) {
            List<@Nullable String> row = new ArrayList<>(width);
            for (int i = 1; i <= width; i++) {
                row.add(result.getString(i));
            }
            rows.add(row);
        }
        return rows;
    }
}
