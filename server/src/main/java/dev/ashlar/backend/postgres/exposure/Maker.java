package dev.ashlar.backend.postgres.exposure;

import dev.ashlar.backend.sql.SqlStatement;
import dev.ashlar.backend.sql.SqlText;
import dev.ashlar.policy.exposure.Facts;
import dev.ashlar.policy.exposure.Facts.Relation;
import dev.ashlar.policy.exposure.Verb;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Who makes the synthetic rows: the role that is connected, and the service's where that one may
/// not and can switch to it.
final class Maker {
    private static final String REPLICATION = "session_replication_role";

    private final Attempts attempts;
    private final Facts facts;
    private final Gate gate;
    private final Accounts accounts;
    private final String role;
    private final boolean quiet;
    private final Set<Long> served = new HashSet<>();

    private Maker(
            Attempts attempts,
            Facts facts,
            Gate gate,
            Accounts accounts,
            String role,
            boolean quiet) {
        this.attempts = attempts;
        this.facts = facts;
        this.gate = gate;
        this.accounts = accounts;
        this.role = role;
        this.quiet = quiet;
    }

    /// Without triggers and checks of foreign keys where that is permitted: to superusers, and to
    /// roles that some hosts give.
    static Maker begin(Attempts attempts, Facts facts, Gate gate, Accounts accounts)
            throws SQLException {
        SqlStatement query = new SqlText().sql("select current_setting('role')").build();
        String role =
                attempts.keep(query) instanceof Attempt.Done done
                        ? String.valueOf(done.rows().getFirst().getFirst())
                        : "none";
        boolean quiet =
                attempts.keep(CallerSession.settings(Map.of(REPLICATION, "replica")))
                        instanceof Attempt.Done;
        Maker maker = new Maker(attempts, facts, gate, accounts, role, quiet);
        if (!quiet) {
            attempts.send(new SqlText().sql("set constraints all deferred").build());
            maker.borrowAccounts();
        }
        return maker;
    }

    void end() throws SQLException {
        if (quiet) {
            attempts.send(CallerSession.settings(Map.of(REPLICATION, "origin")));
        }
    }

    /// Where accounts cannot be made, rows of others that exist have to be pointed at.
    private void borrowAccounts() throws SQLException {
        Optional<Relation> table = facts.find("auth", "users");
        if (table.isEmpty() || mayInsert()) {
            return;
        }
        SqlStatement query =
                new SqlText().sql("select id::text from auth.users order by id limit 3").build();
        if (attempts.keep(query) instanceof Attempt.Done done) {
            accounts.borrow(
                    done.rows().stream().map(row -> String.valueOf(row.getFirst())).toList());
        }
    }

    private boolean mayInsert() throws SQLException {
        SqlStatement query =
                new SqlText()
                        .sql("select pg_catalog.has_table_privilege('auth.users', 'INSERT')")
                        .build();
        return attempts.keep(query) instanceof Attempt.Done done
                && "t".equals(done.rows().getFirst().getFirst());
    }

    /// A trigger that would fire for the rows that are made, and must not.
    Optional<String> outside(Relation table) {
        return quiet ? Optional.empty() : gate.outside(table, Set.of(Verb.INSERT));
    }

    /// To the service's role for one table; false when that was done already, or there is none.
    boolean stepUp(Relation table) {
        return facts.roles().containsKey(facts.callers().service()) && served.add(table.oid());
    }

    /// With what the making of a row needs around it. Triggers that fire ask who is calling.
    SqlStatement[] statements(Relation table, World world, SqlStatement... statements) {
        if (quiet) {
            return as(table, statements);
        }
        SqlStatement claims =
                CallerSession.claims(
                        facts.callers().signedIn(),
                        world.account().flatMap(accounts::id),
                        world.account().flatMap(accounts::email));
        return as(
                table,
                Stream.concat(Stream.of(claims), Stream.of(statements))
                        .toArray(SqlStatement[]::new));
    }

    /// Statements with the rights that the table's rows were made with.
    private SqlStatement[] as(Relation table, SqlStatement... statements) {
        if (!served.contains(table.oid())) {
            return statements;
        }
        return Stream.of(
                        List.of(become(facts.callers().service())),
                        List.of(statements),
                        List.of(become(role)))
                .flatMap(List::stream)
                .toArray(SqlStatement[]::new);
    }

    String role() {
        return role;
    }

    /// From a caller to who can see the table's rows.
    SqlStatement maskOff(Relation table) {
        return become(served.contains(table.oid()) ? facts.callers().service() : role);
    }

    SqlStatement become(String name) {
        return CallerSession.settings(Map.of("role", name));
    }
}
