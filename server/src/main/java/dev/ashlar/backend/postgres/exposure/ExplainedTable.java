package dev.ashlar.backend.postgres.exposure;

import static dev.ashlar.backend.postgres.exposure.FactQueries.letter;
import static dev.ashlar.backend.postgres.exposure.FactQueries.text;
import static dev.ashlar.backend.postgres.exposure.FactQueries.texts;

import dev.ashlar.backend.postgres.jdbc.SqlResource;
import dev.ashlar.policy.explanation.Explanation.Access;
import dev.ashlar.policy.explanation.Explanation.PolicyLine;
import dev.ashlar.policy.explanation.Explanation.RowSecurity;
import dev.ashlar.policy.exposure.Facts.PolicyCommand;
import dev.ashlar.policy.exposure.Verb;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A table as it is for one role: what it may do by grants, and which policies hold it.
///
/// @param triggers those that run before a row is written
/// @param securityInvoker of a view: it reads with the rights of who asks
/// @param reads of a view: the relations that it reads itself
record ExplainedTable(
        long oid,
        String schema,
        String name,
        char kind,
        boolean usage,
        boolean mayDelete,
        RowSecurity rowSecurity,
        List<String> key,
        List<String> triggers,
        boolean securityInvoker,
        List<String> reads,
        List<Column> columns,
        List<Policy> policies) {

    /// @param expression its default, or what it is generated from
    record Column(
            String name,
            String type,
            Optional<String> expression,
            boolean generated,
            boolean maySelect,
            boolean mayInsert,
            boolean mayUpdate) {
        boolean may(Verb verb) {
            return switch (verb) {
                case SELECT -> maySelect;
                case INSERT -> mayInsert;
                case UPDATE -> mayUpdate;
                case DELETE, EXECUTE -> false;
            };
        }
    }

    record Policy(
            String name,
            PolicyCommand command,
            boolean permissive,
            List<String> roles,
            boolean forRole,
            Optional<String> using,
            Optional<String> check) {}

    /// Empty when there is no such table, or no such role.
    static Optional<ExplainedTable> find(
            Connection connection, String role, String schema, String name) throws SQLException {
        try (PreparedStatement statement = prepared(connection, "explained_table.sql")) {
            statement.setString(1, role);
            statement.setString(2, schema);
            statement.setString(3, name);
            try (ResultSet row = statement.executeQuery()) {
                return row.next()
                        ? Optional.of(read(connection, role, schema, name, row))
                        : Optional.empty();
            }
        }
    }

    private static ExplainedTable read(
            Connection connection, String role, String schema, String name, ResultSet row)
            throws SQLException {
        long oid = row.getLong("oid");
        return new ExplainedTable(
                oid,
                schema,
                name,
                letter(row, "relkind"),
                row.getBoolean("usage"),
                row.getBoolean("may_delete"),
                rowSecurity(row),
                texts(row, "key"),
                texts(row, "triggers"),
                row.getBoolean("security_invoker"),
                texts(row, "reads"),
                list(connection, "explained_columns.sql", role, oid, ExplainedTable::column),
                list(connection, "explained_policies.sql", role, oid, ExplainedTable::policy));
    }

    private static RowSecurity rowSecurity(ResultSet row) throws SQLException {
        if (!row.getBoolean("relrowsecurity")) {
            return RowSecurity.OFF;
        }
        if (row.getBoolean("bypass")) {
            return RowSecurity.BYPASSED;
        }
        return row.getBoolean("owns") && !row.getBoolean("relforcerowsecurity")
                ? RowSecurity.OWNER
                : RowSecurity.HOLDS;
    }

    private static Column column(ResultSet row) throws SQLException {
        return new Column(
                text(row, "attname"),
                text(row, "type"),
                FactQueries.find(row, "expression"),
                row.getBoolean("generated"),
                row.getBoolean("may_select"),
                row.getBoolean("may_insert"),
                row.getBoolean("may_update"));
    }

    private static Policy policy(ResultSet row) throws SQLException {
        return new Policy(
                text(row, "polname"),
                FactsReader.command(letter(row, "polcmd")),
                row.getBoolean("polpermissive"),
                texts(row, "roles"),
                row.getBoolean("for_role"),
                FactQueries.find(row, "using_condition"),
                FactQueries.find(row, "check_condition"));
    }

    private static PreparedStatement prepared(Connection connection, String resource)
            throws SQLException {
        return connection.prepareStatement(SqlResource.load("exposure/" + resource));
    }

    private static <T> List<T> list(
            Connection connection, String resource, String role, long oid, FactQueries.Row<T> read)
            throws SQLException {
        try (PreparedStatement statement = prepared(connection, resource)) {
            statement.setString(1, role);
            statement.setLong(2, oid);
            try (ResultSet rows = statement.executeQuery()) {
                List<T> all = new ArrayList<>();
                while (rows.next()) {
                    all.add(read.read(rows));
                }
                return all;
            }
        }
    }

    String label() {
        return schema + "." + name;
    }

    boolean isTable() {
        return kind == 'r' || kind == 'p';
    }

    /// Those that decide when the role does that.
    List<Policy> deciding(Verb verb) {
        return policies.stream()
                .filter(policy -> policy.forRole() && policy.command().covers(verb))
                .toList();
    }

    /// @param wanted columns that the statement names
    Access access(Verb verb, Collection<String> wanted) {
        Set<String> granted = new LinkedHashSet<>();
        columns.stream().filter(each -> each.may(verb)).forEach(each -> granted.add(each.name()));
        boolean any = verb == Verb.DELETE ? mayDelete : !granted.isEmpty();
        if (verb == Verb.DELETE) {
            return new Access(usage, any, List.of(), List.of(), List.of());
        }
        return new Access(
                usage,
                any,
                List.copyOf(granted),
                columnNames().stream().filter(column -> !granted.contains(column)).toList(),
                wanted.stream().filter(column -> !granted.contains(column)).toList());
    }

    List<PolicyLine> lines(Verb verb) {
        return policies.stream()
                .map(policy ->
                        new PolicyLine(
                                policy.name(),
                                policy.command(),
                                policy.permissive(),
                                policy.roles(),
                                policy.forRole()
                                        && (policy.command().covers(verb)
                                                || policy.command().covers(Verb.SELECT))))
                .toList();
    }

    List<String> columnNames() {
        return columns.stream().map(Column::name).toList();
    }
}
