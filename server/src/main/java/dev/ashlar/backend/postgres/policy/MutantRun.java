package dev.ashlar.backend.postgres.policy;

import dev.ashlar.backend.postgres.policy.PolicyLab.Mutant;
import dev.ashlar.backend.postgres.policy.PolicyLab.Progress;
import dev.ashlar.policy.exposure.Facts.Policy;
import dev.ashlar.policy.mutation.Mutation;
import dev.ashlar.policy.trial.MutantOutcome;
import dev.ashlar.policy.trial.MutantOutcome.Verdict;
import dev.ashlar.policy.trial.PolicySuite;
import dev.ashlar.policy.trial.PolicySuite.Equivalent;
import dev.ashlar.policy.trial.PolicySuite.PolicyTest;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/// Judges mutants: made in a transaction beside the given rows, tried by all tests until one
/// notices, rolled back.
final class MutantRun {
    private final List<PolicySuite> suites;
    private final Progress progress;
    private final int all;
    private final AtomicInteger done = new AtomicInteger();

    MutantRun(List<PolicySuite> suites, Progress progress, int all) {
        this.suites = List.copyOf(suites);
        this.progress = progress;
        this.all = all;
    }

    MutantOutcome judge(Bench bench, Mutant mutant) throws SQLException {
        MutantOutcome outcome = outcome(bench, mutant);
        progress.done(done.incrementAndGet(), all);
        return outcome;
    }

    private MutantOutcome outcome(Bench bench, Mutant mutant) throws SQLException {
        Optional<Equivalent> equivalent = equivalent(mutant);
        if (equivalent.isPresent()) {
            return of(mutant, Verdict.EQUIVALENT, equivalent.get().reason());
        }
        for (PolicySuite suite : nearest(mutant)) {
            bench.prepare(suite);
            try {
                make(bench, mutant);
            } catch (SQLException e) {
                bench.rollback();
                return of(mutant, Verdict.INVALID, Bench.words(e));
            }
            Optional<PolicyTest> noticing = noticing(bench, suite, mutant);
            bench.rollback();
            if (noticing.isPresent()) {
                return of(mutant, Verdict.CAUGHT, noticing.get().name());
            }
        }
        return of(mutant, Verdict.SURVIVED, mutant.mutation().hint());
    }

    private static void make(Bench bench, Mutant mutant) throws SQLException {
        bench.execute(LabSql.drop(mutant.relation(), mutant.mutation().policy()));
        Optional<Policy> instead = mutant.mutation().instead();
        if (instead.isPresent()) {
            bench.execute(LabSql.create(mutant.relation(), instead.get()));
        }
    }

    private static Optional<PolicyTest> noticing(Bench bench, PolicySuite suite, Mutant mutant)
            throws SQLException {
        Trial trial = new Trial(bench);
        String table = mutant.relation().label();
        List<PolicyTest> tests = new ArrayList<>(suite.tests());
        // Those that name the table are the likeliest to notice.
        tests.sort(Comparator.comparing(test -> !names(test, table)));
        for (PolicyTest test : tests) {
            if (trial.fails(test)) {
                return Optional.of(test);
            }
        }
        return Optional.empty();
    }

    private static boolean names(PolicyTest test, String table) {
        return test.steps().stream().anyMatch(step -> step.on().label().equals(table));
    }

    /// Files that name the table first. The others may notice too: policies look at other tables.
    private List<PolicySuite> nearest(Mutant mutant) {
        String table = mutant.relation().label();
        return suites.stream()
                .sorted(
                        Comparator.comparing(
                                (PolicySuite suite) -> !suite.touched().contains(table)))
                .toList();
    }

    private Optional<Equivalent> equivalent(Mutant mutant) {
        Mutation mutation = mutant.mutation();
        return suites.stream()
                .flatMap(suite -> suite.equivalents().stream())
                .filter(each -> each.table().label().equals(mutant.relation().label()))
                .filter(each -> each.policy().equals(mutation.policy().name()))
                .filter(each -> mutation.description().contains(each.change()))
                .findFirst();
    }

    private static MutantOutcome of(Mutant mutant, Verdict verdict, String note) {
        return new MutantOutcome(mutant.relation().label(), mutant.mutation(), verdict, note);
    }
}
