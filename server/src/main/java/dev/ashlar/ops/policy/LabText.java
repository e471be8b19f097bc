package dev.ashlar.ops.policy;

import dev.ashlar.policy.trial.LabReport;
import dev.ashlar.policy.trial.MutantOutcome;
import dev.ashlar.policy.trial.MutantOutcome.Verdict;
import dev.ashlar.policy.trial.TestOutcome;
import java.util.List;

/// The report for a terminal: what failed with what came instead, what no test noticed, figures.
public final class LabText {
    private final StringBuilder text = new StringBuilder();

    private LabText() {}

    public static String of(LabReport report) {
        LabText text = new LabText();
        text.tests(report);
        text.mutants(report);
        report.remarks().forEach(remark -> text.line("note: " + remark));
        return text.text.toString();
    }

    private void tests(LabReport report) {
        String file = "";
        for (TestOutcome test : report.tests()) {
            if (!test.file().equals(file)) {
                file = test.file();
                line(file);
            }
            line("  %s %s".formatted(test.passed() ? "ok  " : "FAIL", test.test().name()));
            if (!test.passed()) {
                line("         as " + test.test().as().label());
                test.faults().forEach(fault -> line("         " + fault));
            }
        }
        long passed = report.tests().size() - report.failed();
        line("%d passed, %d failed".formatted(passed, report.failed()));
    }

    private void mutants(LabReport report) {
        if (report.mutants().isEmpty()) {
            return;
        }
        line("");
        List<MutantOutcome> survivors = report.survivors();
        if (!survivors.isEmpty()) {
            line("Mistakes in policies that no test notices:");
        }
        String policy = "";
        for (MutantOutcome mutant : survivors) {
            String name = "%s: \"%s\"".formatted(mutant.table(), mutant.mutation().policy().name());
            if (!name.equals(policy)) {
                policy = name;
                line("  " + name);
            }
            line("    " + mutant.mutation().description());
            line("      to notice: " + mutant.note());
        }
        line(
                "%d mutants: %d caught, %d survived, %d equivalent, %d not valid%s"
                        .formatted(
                                report.mutants().size(),
                                report.of(Verdict.CAUGHT).size(),
                                survivors.size(),
                                report.of(Verdict.EQUIVALENT).size(),
                                report.of(Verdict.INVALID).size(),
                                report.score()
                                        .map(score -> "; mutation score " + score + " %")
                                        .orElse("")));
    }

    private void line(String line) {
        text.append(line).append('\n');
    }
}
