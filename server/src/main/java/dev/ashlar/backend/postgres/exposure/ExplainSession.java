package dev.ashlar.backend.postgres.exposure;

import dev.ashlar.backend.postgres.jdbc.LocalSetting;
import dev.ashlar.backend.postgres.jdbc.SqlResource;
import dev.ashlar.backend.sql.SqlText;
import dev.ashlar.json.Json;
import dev.ashlar.json.JsonValue.JsonObject;
import dev.ashlar.policy.explanation.Asker;
import dev.ashlar.policy.explanation.PolicyQuestionException;
import dev.ashlar.policy.explanation.Truth;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The transaction in which conditions are put to PostgreSQL: read only, and rolled back by whoever
/// opened the connection. Conditions are evaluated for one row at a time, which stands in the
/// session as JSON, so that the caller's role needs no rights on its table.
final class ExplainSession {
    /// A policy that takes longer for one row is a finding of its own.
    private static final Duration STATEMENT = Duration.ofSeconds(2);

    private static final String ROW = "ashlar.explained_row";

    private final Connection connection;
    private final ExplainReach reach;
    private final long until;
    private JsonObject row = JsonObject.EMPTY;

    /// Whose rights hold while something is evaluated.
    enum As {
        CALLER,
        READER
    }

    /// What came of an expression: its text, empty for null, or an error.
    record Outcome(Optional<String> text, String error) {
        Truth truth() {
            if (!error.isEmpty()) {
                return Truth.ERROR;
            }
            return text.map(value ->
                            value.equals("t") || value.equals("true") ? Truth.TRUE : Truth.FALSE)
                    .orElse(Truth.NULL);
        }
    }

    private ExplainSession(Connection connection, ExplainReach reach) {
        this.connection = connection;
        this.reach = reach;
        this.until = System.nanoTime() + reach.patience().toNanos();
    }

    static ExplainSession begin(Connection connection, ExplainReach reach) throws SQLException {
        connection.setAutoCommit(false);
        ExplainSession session = new ExplainSession(connection, reach);
        session.run("set transaction isolation level repeatable read, read only");
        try (PreparedStatement statement =
                connection.prepareStatement(SqlResource.load("exposure/explain_session.sql"))) {
            statement.setString(1, Long.toString(STATEMENT.toMillis()));
            statement.execute();
        }
        return session;
    }

    Connection connection() {
        return connection;
    }

    /// From here on conditions read the claims of the asker, and names are found as its requests
    /// find them.
    void become(Asker asker, String schema) throws SQLException {
        LocalSetting.set(connection, "request.jwt.claims", Json.write(asker.claims()));
        List<String> path = new ArrayList<>(List.of(quoted(schema)));
        reach.searchPath().forEach(name -> path.add(quoted(name)));
        LocalSetting.set(connection, "search_path", String.join(", ", path));
    }

    /// The row that conditions are about from here on.
    void row(JsonObject about) throws SQLException {
        LocalSetting.set(connection, ROW, Json.write(about));
        row = about;
    }

    JsonObject row() {
        return row;
    }

    /// What each expression is for the row. One that fails does not spoil the others.
    List<Outcome> evaluate(ExplainedTable table, Asker asker, As as, List<String> expressions)
            throws SQLException {
        if (expressions.isEmpty()) {
            return List.of();
        }
        requireTime();
        Savepoint before = connection.setSavepoint();
        try {
            take(as, asker);
            List<Outcome> all = select(table, expressions);
            connection.rollback(before);
            return all;
        } catch (SQLException e) {
            connection.rollback(before);
            return expressions.size() == 1
                    ? List.of(new Outcome(Optional.empty(), message(e)))
                    : singly(table, asker, as, expressions);
        }
    }

    private List<Outcome> singly(ExplainedTable table, Asker asker, As as, List<String> expressions)
            throws SQLException {
        List<Outcome> all = new ArrayList<>();
        for (String expression : expressions) {
            all.addAll(evaluate(table, asker, as, List.of(expression)));
        }
        return all;
    }

    private List<Outcome> select(ExplainedTable table, List<String> expressions)
            throws SQLException {
        List<String> outputs = expressions.stream().map(each -> "(" + each + ")::text").toList();
        String text = "select " + String.join(", ", outputs) + " from " + rowOf(table);
        try (Statement statement = statement();
                ResultSet row = statement.executeQuery(text)) {
            row.next();
            List<Outcome> all = new ArrayList<>();
            for (int i = 1; i <= expressions.size(); i++) {
                all.add(new Outcome(Optional.ofNullable(row.getString(i)), ""));
            }
            return all;
        }
    }

    /// The first column of a query, read with the reader's rights past row-level security. Fails
    /// where policies hold the reader too.
    List<String> rows(String query) throws SQLException {
        requireTime();
        Savepoint before = connection.setSavepoint();
        try {
            takeReader();
            try (Statement statement = statement();
                    ResultSet rows = statement.executeQuery(query)) {
                return first(rows);
            }
        } finally {
            connection.rollback(before);
        }
    }

    /// The same, of a query with parameters that holds no conditions of policies.
    List<String> rows(String query, List<String> values) throws SQLException {
        Savepoint before = connection.setSavepoint();
        try {
            takeReader();
            try (PreparedStatement statement = connection.prepareStatement(query)) {
                for (int i = 0; i < values.size(); i++) {
                    statement.setString(i + 1, values.get(i));
                }
                try (ResultSet rows = statement.executeQuery()) {
                    return first(rows);
                }
            }
        } finally {
            connection.rollback(before);
        }
    }

    private static List<String> first(ResultSet rows) throws SQLException {
        List<String> all = new ArrayList<>();
        while (rows.next()) {
            all.add(rows.getString(1));
        }
        return all;
    }

    /// Rights for what follows, until the savepoint is rolled back to.
    private void take(As as, Asker asker) throws SQLException {
        switch (as) {
            case CALLER -> run("set local role " + quoted(asker.role()));
            case READER -> takeReader();
        }
    }

    private void takeReader() throws SQLException {
        if (reach.reader().isPresent()) {
            run("set local role " + quoted(reach.reader().get()));
        }
        run("set local row_security = off");
    }

    /// The row of the session under the name that conditions of its table know it by.
    static String rowOf(ExplainedTable table) {
        return "pg_catalog.jsonb_populate_record(null::"
                + qualified(table.schema(), table.name())
                + ", pg_catalog.current_setting('"
                + ROW
                + "')::jsonb) as "
                + quoted(table.name());
    }

    static String quoted(String name) {
        return new SqlText().identifier(name).build().text();
    }

    static String qualified(String schema, String name) {
        return new SqlText().qualified(schema, name).build().text();
    }

    static String message(SQLException e) {
        String message = String.valueOf(e.getMessage());
        return message.lines().findFirst().orElse(message).replaceFirst("^ERROR: ", "");
    }

    private void requireTime() {
        if (System.nanoTime() - until > 0) {
            throw new PolicyQuestionException(
                    "The policies took longer than "
                            + reach.patience().toSeconds()
                            + " s: ask about fewer rows.");
        }
    }

    private void run(String sql) throws SQLException {
        try (Statement statement = statement()) {
            statement.execute(sql);
        }
    }

    /// A plain one: conditions may hold `?` and braces, which are the driver's own elsewhere.
    private Statement statement() throws SQLException {
        Statement statement = connection.createStatement();
        statement.setEscapeProcessing(false);
        return statement;
    }
}
