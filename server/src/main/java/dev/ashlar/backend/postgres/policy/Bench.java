package dev.ashlar.backend.postgres.policy;

import dev.ashlar.backend.postgres.PostgresAddress;
import dev.ashlar.backend.postgres.jdbc.JdbcConnections;
import dev.ashlar.backend.postgres.jdbc.LocalSetting;
import dev.ashlar.policy.trial.PolicySuite;
import dev.ashlar.policy.trial.PolicySuite.As;
import dev.ashlar.policy.trial.PolicySuite.Given;
import dev.ashlar.policy.trial.PolicySuite.Name;
import dev.ashlar.policy.trial.PolicySuite.Person;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// One connection on which tests run, each in a transaction that is rolled back.
final class Bench implements AutoCloseable {
    private static final String APPLICATION = "ashlar-policy-test";
    private static final String NO_RIGHT = "42501";
    private static final Name ACCOUNTS = new Name("auth", "users");

    /// A step that takes longer is a fault of its own.
    private static final String STATEMENT_TIMEOUT = "10s";

    /// Changing a policy waits for whoever reads the table.
    private static final String LOCK_TIMEOUT = "2s";

    private final Connection connection;
    private final String searchPath;
    private final Set<String> remarks = new TreeSet<>();

    private Bench(Connection connection, String searchPath) {
        this.connection = connection;
        this.searchPath = searchPath;
    }

    static Bench open(PostgresAddress address, String searchPath) throws SQLException {
        Connection connection = JdbcConnections.open(address, APPLICATION);
        connection.setAutoCommit(false);
        return new Bench(connection, searchPath);
    }

    /// What a statement gave.
    sealed interface Answer {
        record Done(long count, List<String> rows) implements Answer {}

        record Refused(String state, String message) implements Answer {
            boolean forWantOfRights() {
                return state.equals(NO_RIGHT);
            }
        }
    }

    Connection connection() {
        return connection;
    }

    Set<String> remarks() {
        return remarks;
    }

    /// Begins a transaction with the users and rows of a file in it.
    ///
    /// @throws GivenRefused when a row cannot be made
    void prepare(PolicySuite suite) throws SQLException {
        rollback();
        LocalSetting.set(connection, "search_path", searchPath);
        LocalSetting.set(connection, "statement_timeout", STATEMENT_TIMEOUT);
        LocalSetting.set(connection, "lock_timeout", LOCK_TIMEOUT);
        boolean quiet = quietTriggers();
        for (Person person : suite.users()) {
            account(person);
        }
        for (Given given : suite.given()) {
            try {
                update(LabSql.given(given.table(), given.row()));
            } catch (SQLException e) {
                throw new GivenRefused(
                        "%s:%d: the row of %s cannot be made: %s"
                                .formatted(
                                        suite.file(),
                                        given.line(),
                                        given.table().label(),
                                        words(e)),
                        e);
            }
        }
        if (quiet) {
            LocalSetting.set(connection, "session_replication_role", "origin");
        }
    }

    /// Rows are made without triggers and foreign keys where the login may do that.
    private boolean quietTriggers() throws SQLException {
        Savepoint before = connection.setSavepoint();
        try {
            LocalSetting.set(connection, "session_replication_role", "replica");
            return true;
        } catch (SQLException e) {
            connection.rollback(before);
            remarks.add(
                    "given rows were made with triggers and foreign keys on: the login may not"
                            + " switch them off");
            return false;
        }
    }

    /// Foreign keys to accounts need them; a database without accounts does not.
    private void account(Person person) throws SQLException {
        Savepoint before = connection.setSavepoint();
        try (PreparedStatement statement =
                connection.prepareStatement(
                        "insert into auth.users (id, email, aud, role) values (?::uuid, ?,"
                                + " 'authenticated', 'authenticated')")) {
            statement.setString(1, person.id());
            statement.setString(2, person.email());
            statement.execute();
        } catch (SQLException e) {
            connection.rollback(before);
            remarks.add("users were not made in " + ACCOUNTS.label() + ": " + words(e));
        }
    }

    /// Undoes what the work did.
    <T> T undone(Work<T> work) throws SQLException {
        Savepoint before = connection.setSavepoint();
        try {
            return work.run();
        } finally {
            connection.rollback(before);
            connection.releaseSavepoint(before);
        }
    }

    interface Work<T> {
        T run() throws SQLException;
    }

    /// For the rest of the transaction, or what [#undone] holds.
    void become(As caller) throws SQLException {
        LocalSetting.set(connection, "request.jwt.claims", caller.claims());
        LocalSetting.set(connection, "role", caller.role());
    }

    /// How many rows a statement changed.
    Answer change(LabSql sql) {
        try {
            return new Answer.Done(update(sql), List.of());
        } catch (SQLException e) {
            return refused(e);
        }
    }

    /// The one number, or the rows, that a query gives.
    Answer query(LabSql sql) {
        try (PreparedStatement statement = prepared(sql);
                ResultSet rows = statement.executeQuery()) {
            List<String> all = new ArrayList<>();
            while (rows.next()) {
                all.add(String.valueOf(rows.getString(1)));
            }
            return new Answer.Done(all.size(), all);
        } catch (SQLException e) {
            return refused(e);
        }
    }

    /// For statements without parameters, whose text may hold question marks.
    void execute(LabSql sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute(sql.text());
        }
    }

    private long update(LabSql sql) throws SQLException {
        try (PreparedStatement statement = prepared(sql)) {
            return statement.executeLargeUpdate();
        }
    }

    private PreparedStatement prepared(LabSql sql) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql.text());
        int at = 1;
        for (String parameter : sql.parameters()) {
            // Without a type of its own: the database decides by where it stands.
            statement.setObject(at++, parameter, Types.OTHER);
        }
        return statement;
    }

    private static Answer refused(SQLException e) {
        return new Answer.Refused(String.valueOf(e.getSQLState()), words(e));
    }

    static String words(SQLException e) {
        String message = String.valueOf(e.getMessage());
        int end = message.indexOf('\n');
        String first = end < 0 ? message : message.substring(0, end);
        return first.replaceFirst("^ERROR: ", "") + " (" + e.getSQLState() + ")";
    }

    void rollback() throws SQLException {
        connection.rollback();
    }

    @Override
    public void close() throws SQLException {
        try (connection) {
            connection.rollback();
        }
    }

    /// A given row could not be made. The message is for whoever wrote it.
    static final class GivenRefused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        GivenRefused(String message, SQLException cause) {
            super(message, cause);
        }
    }
}
