package dev.ashlar.backend.postgres.exposure;

import dev.ashlar.backend.postgres.PostgresAddress;
import dev.ashlar.backend.postgres.jdbc.JdbcConnections;
import dev.ashlar.policy.exposure.Act;
import dev.ashlar.policy.exposure.Callers;
import dev.ashlar.policy.exposure.Facts;
import dev.ashlar.policy.exposure.Observation;
import dev.ashlar.policy.exposure.Observations;
import dev.ashlar.policy.exposure.Outcome;
import dev.ashlar.testing.DatabaseForTests;
import dev.ashlar.testing.PostgresForTests;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/// A database that was probed, for tests to ask.
record Probed(DatabaseForTests database, Facts facts, Observations observations) {
    static final Callers CALLERS = new Callers("anon", "authenticated", "service_role", List.of());

    /// A new database with the script's schema.
    static Probed of(String script) throws SQLException {
        DatabaseForTests database = PostgresForTests.fresh();
        database.execute(script);
        return of(database, database.jdbc());
    }

    static Probed of(DatabaseForTests database, PostgresAddress login) throws SQLException {
        try (Connection connection = JdbcConnections.open(login, "ashlar-test")) {
            Facts facts = FactsReader.read(connection, List.of("public"), CALLERS);
            Observations observations = Prober.probe(connection, facts);
            connection.rollback();
            return new Probed(database, facts, observations);
        }
    }

    Outcome user(String table, Act act) {
        return find(table, "authenticated", act).outcome();
    }

    Outcome anonymous(String table, Act act) {
        return find(table, "anon", act).outcome();
    }

    Observation find(String table, String role, Act act) {
        return facts.find("public", table)
                .flatMap(relation -> observations.find(relation, role, act))
                .orElseThrow(() ->
                        new AssertionError(
                                "%s was not tried on %s as %s: %s"
                                        .formatted(act, table, role, observations.unprobed())));
    }

    /// What could not be tried on a table, all reasons in one text.
    String unprobed(String table) {
        return String.join(
                "\n",
                observations.unprobed().stream()
                        .filter(each -> each.object().equals("public." + table))
                        .map(each -> each.role() + " " + each.verb() + ": " + each.reason())
                        .toList());
    }
}
