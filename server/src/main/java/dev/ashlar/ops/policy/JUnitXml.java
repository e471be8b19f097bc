package dev.ashlar.ops.policy;

import dev.ashlar.policy.trial.LabReport;
import dev.ashlar.policy.trial.MutantOutcome;
import dev.ashlar.policy.trial.TestOutcome;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// The report as CI systems read it: a suite per file, and one of mutants that no test noticed.
public final class JUnitXml {
    /// What a surviving mutant is to CI.
    public enum Survivors {
        FAIL,
        SKIP
    }

    private final StringBuilder xml = new StringBuilder();

    private JUnitXml() {}

    public static String of(LabReport report, Survivors survivors) {
        JUnitXml writer = new JUnitXml();
        writer.xml.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n");
        Map<String, List<TestOutcome>> files =
                report.tests().stream()
                        .collect(
                                Collectors.groupingBy(
                                        TestOutcome::file,
                                        LinkedHashMap::new,
                                        Collectors.toList()));
        files.forEach(writer::suite);
        if (!report.mutants().isEmpty()) {
            writer.mutants(report, survivors);
        }
        return writer.xml.append("</testsuites>\n").toString();
    }

    private void suite(String file, List<TestOutcome> tests) {
        Duration took = tests.stream().map(TestOutcome::took).reduce(Duration.ZERO, Duration::plus);
        long failed = tests.stream().filter(test -> !test.passed()).count();
        open(file, tests.size(), failed, 0, took);
        for (TestOutcome test : tests) {
            xml.append("    <testcase classname=\"").append(escaped(file));
            xml.append("\" name=\"").append(escaped(test.test().name()));
            xml.append("\" time=\"").append(seconds(test.took())).append('"');
            if (test.passed()) {
                xml.append("/>\n");
            } else {
                xml.append(">\n      <failure message=\"");
                xml.append(escaped(test.faults().getFirst())).append("\">");
                xml.append(escaped(String.join("\n", test.faults())));
                xml.append("</failure>\n    </testcase>\n");
            }
        }
        xml.append("  </testsuite>\n");
    }

    private void mutants(LabReport report, Survivors survivors) {
        int survived = report.survivors().size();
        boolean fail = survivors == Survivors.FAIL;
        open(
                "policy mutants",
                report.mutants().size(),
                fail ? survived : 0,
                fail ? 0 : survived,
                Duration.ZERO);
        for (MutantOutcome mutant : report.mutants()) {
            xml.append("    <testcase classname=\"").append(escaped(mutant.table()));
            xml.append("\" name=\"").append(escaped(mutant.mutation().policy().name()));
            xml.append(": ").append(escaped(mutant.mutation().description())).append('"');
            if (mutant.verdict() == MutantOutcome.Verdict.SURVIVED) {
                xml.append(">\n      <").append(fail ? "failure" : "skipped").append(" message=\"");
                xml.append("no test notices; ").append(escaped(mutant.note()));
                xml.append("\"/>\n    </testcase>\n");
            } else {
                xml.append("/>\n");
            }
        }
        xml.append("  </testsuite>\n");
    }

    private void open(String name, int tests, long failures, int skipped, Duration took) {
        xml.append("  <testsuite name=\"").append(escaped(name));
        xml.append("\" tests=\"").append(tests).append("\" failures=\"").append(failures);
        xml.append("\" skipped=\"").append(skipped);
        xml.append("\" time=\"").append(seconds(took)).append("\">\n");
    }

    private static String seconds(Duration took) {
        return BigDecimal.valueOf(took.toMillis(), 3).toPlainString();
    }

    /// Control characters are not allowed in XML at all.
    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replaceAll("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\ufffe\\uffff]", "\ufffd");
    }
}
