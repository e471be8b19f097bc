package dev.ashlar.ops.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.policy.exposure.Facts.Policy;
import dev.ashlar.policy.exposure.Facts.PolicyCommand;
import dev.ashlar.policy.mutation.Mutation;
import dev.ashlar.policy.trial.LabReport;
import dev.ashlar.policy.trial.MutantOutcome;
import dev.ashlar.policy.trial.MutantOutcome.Verdict;
import dev.ashlar.policy.trial.PolicySuite.As;
import dev.ashlar.policy.trial.PolicySuite.PolicyTest;
import dev.ashlar.policy.trial.TestOutcome;
import java.io.StringReader;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class LabReportsTest {
    private static final LabReport REPORT =
            new LabReport(
                    List.of(
                            outcome("passes", List.of()),
                            outcome(
                                    "fails <&\">\u0001",
                                    List.of(
                                            "line 3: read t: expected 1 row, but 2 rows were read"))),
                    List.of(
                            mutant("the policy dropped", Verdict.CAUGHT),
                            mutant("= made <> in `a = b`", Verdict.SURVIVED),
                            mutant("not valid", Verdict.INVALID)),
                    List.of("a remark"));

    @Test
    void theTextSaysWhatWasExpectedAndWhatCame() {
        assertThat(LabText.of(REPORT))
                .contains("  ok   passes")
                .contains("line 3: read t: expected 1 row, but 2 rows were read")
                .contains("1 passed, 1 failed")
                .contains("= made <> in `a = b`")
                .doesNotContain("the policy dropped")
                .contains("3 mutants: 1 caught, 1 survived, 0 equivalent, 1 not valid")
                .contains("mutation score 50 %")
                .contains("note: a remark");
    }

    @Test
    void junitIsWellFormedWhateverTheNames() throws Exception {
        Document strict = parsed(JUnitXml.of(REPORT, JUnitXml.Survivors.FAIL));
        assertThat(strict.getElementsByTagName("failure").getLength()).isEqualTo(2);
        assertThat(strict.getElementsByTagName("testcase").getLength()).isEqualTo(5);
        Document lax = parsed(JUnitXml.of(REPORT, JUnitXml.Survivors.SKIP));
        assertThat(lax.getElementsByTagName("failure").getLength()).isEqualTo(1);
        assertThat(lax.getElementsByTagName("skipped").getLength()).isEqualTo(1);
    }

    @Test
    void jsonHasEveryMutant() {
        assertThat(LabJson.of(REPORT))
                .contains(
                        "\"passed\":1", "\"failed\":1", "\"score\":50", "\"verdict\":\"survived\"");
    }

    private static Document parsed(String xml) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(xml)));
    }

    private static TestOutcome outcome(String name, List<String> faults) {
        return new TestOutcome(
                "f.yaml",
                new PolicyTest(name, new As("anon", "{}", "anon"), List.of(), 1),
                faults,
                Duration.ofMillis(5));
    }

    private static MutantOutcome mutant(String description, Verdict verdict) {
        Policy policy =
                new Policy(
                        1,
                        1,
                        "own rows",
                        PolicyCommand.ALL,
                        true,
                        List.of("public"),
                        Optional.of("true"),
                        Optional.empty());
        return new MutantOutcome(
                "public.t",
                new Mutation(policy, Optional.empty(), description, "hint"),
                verdict,
                "note");
    }
}
