package dev.ashlar.backend.postgres.exposure;

import static dev.ashlar.backend.postgres.exposure.FactQueries.find;
import static dev.ashlar.backend.postgres.exposure.FactQueries.letter;
import static dev.ashlar.backend.postgres.exposure.FactQueries.text;
import static dev.ashlar.backend.postgres.exposure.FactQueries.texts;

import dev.ashlar.backend.postgres.jdbc.SqlResource;
import dev.ashlar.policy.exposure.Callers;
import dev.ashlar.policy.exposure.Facts;
import dev.ashlar.policy.exposure.Facts.Bucket;
import dev.ashlar.policy.exposure.Facts.DefaultGrant;
import dev.ashlar.policy.exposure.Facts.Grant;
import dev.ashlar.policy.exposure.Facts.Policy;
import dev.ashlar.policy.exposure.Facts.PolicyCommand;
import dev.ashlar.policy.exposure.Facts.RoleFacts;
import dev.ashlar.policy.exposure.Facts.Routine;
import dev.ashlar.policy.exposure.Facts.Trigger;
import dev.ashlar.policy.exposure.Verb;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Reads [Facts]. Needs no rights beyond a login: PostgreSQL's catalog is open to everybody.
public final class FactsReader {
    /// As whom data APIs log in, to switch to the role of a caller.
    private static final List<String> LOGINS = List.of("authenticator");

    private final FactQueries queries;
    private final List<String> schemas;
    private final Callers callers;

    private FactsReader(FactQueries queries, List<String> schemas, Callers callers) {
        this.queries = queries;
        this.schemas = schemas;
        this.callers = callers;
    }

    /// Begins the transaction of the connection, in which the prober goes on. Whoever opened the
    /// connection rolls it back.
    ///
    /// @param callers where none of the application's own is named, those that a data API's login
    ///   can switch to are found
    public static Facts read(Connection connection, List<String> schemas, Callers callers)
            throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute(SqlResource.load("exposure/session.sql"));
        }
        FactQueries queries = new FactQueries(connection);
        return new FactsReader(queries, schemas, withCustom(queries, callers)).read();
    }

    private static Callers withCustom(FactQueries queries, Callers callers) throws SQLException {
        if (!callers.custom().isEmpty()) {
            return callers;
        }
        List<String> custom =
                queries.list(
                        "custom_roles.sql",
                        row -> text(row, "rolname"),
                        List.of(LOGINS, callers.all()));
        return new Callers(callers.anonymous(), callers.signedIn(), callers.service(), custom);
    }

    private Facts read() throws SQLException {
        List<RelationRow> rows = queries.list("relations.sql", RelationRow::read, List.of(schemas));
        List<Long> oids = rows.stream().map(RelationRow::oid).toList();
        RelationParts parts = RelationParts.read(queries, oids, callers.all());
        List<Guard> guards = queries.list("guard.sql", Guard::read, List.of());
        return new Facts(
                queries.version(),
                schemas,
                callers,
                roles(),
                rows.stream().map(parts::relation).toList(),
                queries.list("policies.sql", FactsReader::policy, List.of(oids)),
                parts.foreignKeys(),
                queries.list("triggers.sql", FactsReader::trigger, List.of(oids)),
                queries.list(
                        "routines.sql",
                        FactsReader::routine,
                        List.of(oids, schemas, callers.all(), schemas)),
                queries.list("default_grants.sql", FactsReader::defaultGrant, List.of(schemas)),
                guards.getFirst().buckets()
                        ? queries.list("buckets.sql", FactsReader::bucket, List.of())
                        : List.of(),
                creators(),
                guards.getFirst().closes());
    }

    private Map<String, RoleFacts> roles() throws SQLException {
        Map<String, RoleFacts> roles = new TreeMap<>();
        queries.list("roles.sql", FactsReader::role, List.of(callers.all()))
                .forEach(role -> roles.put(role.name(), role));
        return roles;
    }

    private Map<String, Set<String>> creators() throws SQLException {
        Map<String, Set<String>> creators = new TreeMap<>();
        queries.list(
                        "creators.sql",
                        row -> Map.entry(text(row, "nspname"), text(row, "grantee")),
                        List.of(schemas, callers.all(), schemas, callers.all()))
                .forEach(entry ->
                        creators.computeIfAbsent(entry.getKey(), _ -> new TreeSet<>())
                                .add(entry.getValue()));
        return creators;
    }

    private record Guard(boolean closes, boolean buckets) {
        static Guard read(ResultSet row) throws SQLException {
            return new Guard(row.getBoolean("closes"), row.getBoolean("buckets"));
        }
    }

    private static RoleFacts role(ResultSet row) throws SQLException {
        return new RoleFacts(
                text(row, "rolname"),
                row.getBoolean("rolsuper"),
                row.getBoolean("rolbypassrls"),
                row.getBoolean("rolcanlogin"),
                row.getBoolean("rolcreaterole"),
                new TreeSet<>(texts(row, "inherits")),
                new TreeSet<>(texts(row, "members")));
    }

    private static Policy policy(ResultSet row) throws SQLException {
        return new Policy(
                row.getLong("oid"),
                row.getLong("polrelid"),
                text(row, "polname"),
                command(letter(row, "polcmd")),
                row.getBoolean("polpermissive"),
                texts(row, "roles"),
                find(row, "using_condition"),
                find(row, "check_condition"));
    }

    /// As `pg_policy.polcmd` has it.
    static PolicyCommand command(char letter) {
        return switch (letter) {
            case 'r' -> PolicyCommand.SELECT;
            case 'a' -> PolicyCommand.INSERT;
            case 'w' -> PolicyCommand.UPDATE;
            case 'd' -> PolicyCommand.DELETE;
            default -> PolicyCommand.ALL;
        };
    }

    private static Trigger trigger(ResultSet row) throws SQLException {
        Set<Verb> events = EnumSet.noneOf(Verb.class);
        if (row.getBoolean("on_insert")) {
            events.add(Verb.INSERT);
        }
        if (row.getBoolean("on_update")) {
            events.add(Verb.UPDATE);
        }
        if (row.getBoolean("on_delete")) {
            events.add(Verb.DELETE);
        }
        return new Trigger(
                row.getLong("tgrelid"),
                text(row, "tgname"),
                text(row, "function"),
                text(row, "lanname"),
                row.getBoolean("before"),
                row.getBoolean("per_row"),
                events,
                row.getBoolean("enabled"),
                row.getBoolean("prosecdef"),
                text(row, "prosrc"));
    }

    private static Routine routine(ResultSet row) throws SQLException {
        List<Grant> grants = new ArrayList<>();
        for (String grantee : texts(row, "grantees")) {
            grants.add(new Grant(grantee, "EXECUTE", Optional.empty(), false));
        }
        return new Routine(
                row.getLong("oid"),
                text(row, "nspname"),
                text(row, "proname"),
                text(row, "arguments"),
                text(row, "returns"),
                text(row, "owner"),
                row.getBoolean("owner_sees_everything"),
                row.getBoolean("prosecdef"),
                texts(row, "settings"),
                letter(row, "provolatile"),
                text(row, "lanname"),
                text(row, "source"),
                row.getBoolean("returns_trigger"),
                row.getBoolean("exposed"),
                row.getBoolean("of_extension"),
                new TreeSet<>(texts(row, "callers")),
                List.copyOf(grants));
    }

    private static DefaultGrant defaultGrant(ResultSet row) throws SQLException {
        return new DefaultGrant(
                text(row, "maker"),
                find(row, "nspname"),
                switch (letter(row, "defaclobjtype")) {
                    case 'f' -> "functions";
                    case 'S' -> "sequences";
                    default -> "tables";
                },
                text(row, "grantee"),
                new TreeSet<>(texts(row, "privileges")));
    }

    private static Bucket bucket(ResultSet row) throws SQLException {
        long limit = row.getLong("file_size_limit");
        Optional<Long> most = row.wasNull() ? Optional.empty() : Optional.of(limit);
        return new Bucket(text(row, "id"), row.getBoolean("open"), most, texts(row, "types"));
    }
}
