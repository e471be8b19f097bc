package dev.ashlar.backend.postgres.exposure;

import dev.ashlar.backend.postgres.PostgresAddress;
import dev.ashlar.backend.postgres.jdbc.JdbcConnections;
import dev.ashlar.policy.exposure.Callers;
import dev.ashlar.policy.exposure.Facts;
import dev.ashlar.policy.exposure.Facts.Relation;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Facts, and how large tables are.
///
/// @param rowEstimates by oid, as PostgreSQL's planner goes by; a table that was never analyzed has
///   none
public record PolicyFacts(Facts facts, Map<Long, Long> rowEstimates) {

    private record Estimate(long oid, long rows) {}

    /// Blocks; throws what the driver says where nobody answers or the login is refused.
    public static PolicyFacts read(PostgresAddress address, List<String> schemas, Callers callers)
            throws IOException {
        try (Connection connection = JdbcConnections.open(address, "ashlar-policies")) {
            Facts facts = FactsReader.read(connection, schemas, callers);
            Map<Long, Long> rows = new TreeMap<>();
            new FactQueries(connection)
                    .list(
                            "row_estimates.sql",
                            row -> new Estimate(row.getLong("oid"), row.getLong("estimate")),
                            List.of(facts.relations().stream().map(Relation::oid).toList()))
                    .forEach(each -> rows.put(each.oid(), each.rows()));
            connection.rollback();
            return new PolicyFacts(facts, rows);
        } catch (SQLException e) {
            throw new IOException(ExplainSession.message(e), e);
        }
    }
}
