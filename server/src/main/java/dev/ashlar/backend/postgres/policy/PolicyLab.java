package dev.ashlar.backend.postgres.policy;

import dev.ashlar.backend.postgres.PostgresAddress;
import dev.ashlar.backend.postgres.exposure.FactsReader;
import dev.ashlar.backend.postgres.jdbc.JdbcConnections;
import dev.ashlar.backend.postgres.policy.Bench.GivenRefused;
import dev.ashlar.policy.exposure.Callers;
import dev.ashlar.policy.exposure.Facts;
import dev.ashlar.policy.exposure.Facts.Relation;
import dev.ashlar.policy.mutation.Mutation;
import dev.ashlar.policy.mutation.Mutations;
import dev.ashlar.policy.trial.MutantOutcome;
import dev.ashlar.policy.trial.PolicySuite;
import dev.ashlar.policy.trial.PolicySuite.PolicyTest;
import dev.ashlar.policy.trial.TestOutcome;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Collectors;

/// Runs policy tests on databases that hold the same schema, one connection each. Blocks.
///
/// Tests share no database at the same time: their rows and changed policies would wait for each
/// other's locks.
public final class PolicyLab {
    /// Told after each mutant.
    public interface Progress {
        void done(int count, int all);
    }

    private final List<PostgresAddress> databases;
    private final String searchPath;
    private final List<String> schemas;
    private final Callers callers;
    private final Set<String> remarks = new ConcurrentSkipListSet<>();

    /// @param databases one for each connection
    /// @param searchPath names, as the data path searches them
    public PolicyLab(
            List<PostgresAddress> databases,
            List<String> searchPath,
            List<String> schemas,
            Callers callers) {
        this.databases = List.copyOf(databases);
        this.searchPath =
                searchPath.stream()
                        .map(name -> '"' + name.replace("\"", "\"\"") + '"')
                        .collect(Collectors.joining(", "));
        this.schemas = List.copyOf(schemas);
        this.callers = callers;
    }

    /// What a reader of the outcomes must know.
    public Collection<String> remarks() {
        return List.copyOf(remarks);
    }

    /// Sessions of others in the database, whom changed policies would make wait.
    public long otherSessions() {
        try (Connection connection =
                        JdbcConnections.open(databases.getFirst(), "ashlar-policy-test");
                Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery(
                                "select count(*) from pg_catalog.pg_stat_activity"
                                        + " where datname = pg_catalog.current_database()"
                                        + " and pid <> pg_catalog.pg_backend_pid()"
                                        + " and backend_type = 'client backend'")) {
            return rows.next() ? rows.getLong(1) : 0;
        } catch (SQLException e) {
            throw new PolicyLabException(e);
        }
    }

    /// In the order of the files.
    public List<TestOutcome> test(List<PolicySuite> suites) {
        record Job(PolicySuite suite, PolicyTest test) {}
        List<Job> jobs = new ArrayList<>();
        suites.forEach(suite -> suite.tests().forEach(test -> jobs.add(new Job(suite, test))));
        return each(jobs, (bench, job) -> run(bench, job.suite(), job.test()));
    }

    private static TestOutcome run(Bench bench, PolicySuite suite, PolicyTest test)
            throws SQLException {
        long start = System.nanoTime();
        List<String> faults;
        try {
            bench.prepare(suite);
            faults = new Trial(bench).faults(test);
        } catch (GivenRefused e) {
            faults = List.of(String.valueOf(e.getMessage()));
        } catch (SQLException e) {
            faults = List.of("it could not be tried: " + Bench.words(e));
        } finally {
            bench.rollback();
        }
        return new TestOutcome(
                suite.file(),
                test,
                List.copyOf(faults),
                Duration.ofNanos(System.nanoTime() - start));
    }

    /// Puts mistakes into the policies of the relations that the tests name. Every test must pass
    /// without them.
    public List<MutantOutcome> mutate(List<PolicySuite> suites, Progress progress) {
        Facts facts = facts();
        Set<String> touched = new TreeSet<>();
        suites.forEach(suite -> touched.addAll(suite.touched()));
        List<Mutant> mutants = new ArrayList<>();
        for (Relation relation : facts.relations()) {
            if (touched.contains(relation.label()) && relation.rowSecurity()) {
                new Mutations(facts)
                        .of(relation)
                        .forEach(mutation -> mutants.add(new Mutant(relation, mutation)));
            }
        }
        MutantRun run = new MutantRun(suites, progress, mutants.size());
        return each(mutants, run::judge);
    }

    private <J, R> List<R> each(List<J> jobs, Benches.Work<J, R> work) {
        try {
            return Benches.each(databases, searchPath, jobs, remarks, work);
        } catch (SQLException e) {
            throw new PolicyLabException(e);
        }
    }

    /// A mistake, and the relation whose policy has it.
    record Mutant(Relation relation, Mutation mutation) {}

    private Facts facts() {
        try (Connection connection =
                JdbcConnections.open(databases.getFirst(), "ashlar-policy-test")) {
            Facts facts = FactsReader.read(connection, schemas, callers);
            connection.rollback();
            return facts;
        } catch (SQLException e) {
            throw new PolicyLabException(e);
        }
    }
}
