package dev.ashlar.policy.trial;

import dev.ashlar.policy.trial.MutantOutcome.Verdict;
import java.util.List;
import java.util.Optional;

/// What came of a run.
///
/// @param remarks what a reader must know to judge it: mutants not tried, users not made
public record LabReport(
        List<TestOutcome> tests, List<MutantOutcome> mutants, List<String> remarks) {

    public long failed() {
        return tests.stream().filter(test -> !test.passed()).count();
    }

    public List<MutantOutcome> survivors() {
        return of(Verdict.SURVIVED);
    }

    public List<MutantOutcome> of(Verdict verdict) {
        return mutants.stream().filter(mutant -> mutant.verdict() == verdict).toList();
    }

    /// The share of mutants that a test caught, in whole per cent, rounded down; empty without any.
    public Optional<Long> score() {
        long caught = of(Verdict.CAUGHT).size();
        long judged = caught + survivors().size();
        return judged == 0 ? Optional.empty() : Optional.of(caught * 100 / judged);
    }
}
