package dev.ashlar.backend.postgres.exposure;

import dev.ashlar.backend.postgres.PostgresAddress;
import dev.ashlar.backend.postgres.jdbc.JdbcConnections;
import dev.ashlar.policy.exposure.Callers;
import dev.ashlar.policy.exposure.Cell;
import dev.ashlar.policy.exposure.ExposureReport;
import dev.ashlar.policy.exposure.Facts;
import dev.ashlar.policy.exposure.Verb;
import dev.ashlar.policy.exposure.rule.Judge;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/// Looks at what a database exposes, from the first query to the report: facts, what was tried, and
/// what follows. Everything happens in one transaction that is rolled back.
///
/// @param callers whose reach is looked at
/// @param limit of time for the whole; beyond it the connection is cut and nothing is known
public record ExposureReader(List<String> schemas, Callers callers, Duration limit) {
    private static final String APPLICATION = "ashlar-exposure";

    /// Blocks. The address's user must be able to become the callers' roles, and to insert into the
    /// tables past their policies.
    ///
    /// @throws IOException when the database cannot be looked at, in words for people
    public ExposureReport look(PostgresAddress address) throws IOException {
        try (Connection connection = JdbcConnections.open(address, APPLICATION)) {
            return look(connection);
        } catch (SQLException e) {
            throw new IOException(String.valueOf(e.getMessage()), e);
        }
    }

    /// The same in the transaction of a connection, and what that has done so far. Rolled back too.
    public ExposureReport look(Connection connection) throws IOException, SQLException {
        CountDownLatch done = new CountDownLatch(1);
        AtomicBoolean late = new AtomicBoolean();
        Thread.ofVirtual().name("exposure-limit").start(() -> cutUnless(done, late, connection));
        try {
            Facts facts = FactsReader.read(connection, schemas, callers);
            return withBuckets(Judge.report(facts, Prober.probe(connection, facts)));
        } catch (SQLException e) {
            if (late.get()) {
                throw new IOException("looking took longer than " + limit.toSeconds() + " s", e);
            }
            throw e;
        } finally {
            done.countDown();
            if (!late.get()) {
                connection.rollback();
            }
        }
    }

    /// Files of a public bucket are read by its address alone, which no policy of a table shows.
    private static ExposureReport withBuckets(ExposureReport report) {
        List<Cell> cells = new ArrayList<>(report.matrix());
        Facts facts = report.facts();
        for (Facts.Bucket bucket : facts.buckets()) {
            for (String role : bucket.open() ? facts.callers().all() : List.<String>of()) {
                cells.add(
                        new Cell(
                                "storage.buckets/" + bucket.id(),
                                role,
                                Verb.SELECT,
                                Cell.Rows.ALL,
                                List.of()));
            }
        }
        return new ExposureReport(report.findings(), List.copyOf(cells), report.unprobed(), facts);
    }

    /// A server that does not answer holds the thread in a read; only closing ends that.
    private void cutUnless(CountDownLatch done, AtomicBoolean late, Connection connection) {
        try {
            if (!done.await(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                late.set(true);
                connection.abort(Runnable::run);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (SQLException _) {
            // Closed already, which is what was wanted.
        }
    }
}
