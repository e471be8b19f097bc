package dev.ashlar.ops.exposure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.config.InvalidConfigException;
import dev.ashlar.policy.exposure.Cell.Rows;
import dev.ashlar.policy.exposure.ExposureReport;
import dev.ashlar.policy.exposure.FindingCode;
import dev.ashlar.policy.exposure.Severity;
import dev.ashlar.policy.exposure.Verb;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DeclarationTest {

    @Test
    void isWrittenForPeople() {
        assertThat(DeclarationText.of(ReportBuilder.shop().build(), Optional.empty()))
                .startsWith("# What callers")
                .endsWith(
                        """
                        objects:
                          public.orders:
                            authenticated:
                              select:
                                rows: own
                                columns: [id, total]
                              delete: own
                          public.products:
                            anon:
                              select: all
                            authenticated:
                              select: all
                          public.board(integer):
                            anon:
                              execute: all
                          storage.buckets/avatars:
                            anon:
                              select: all

                        # Findings that are meant to be so. Say why.
                        accepted:
                          # It is <so>.
                          - code: security_definer_function
                            object: public.board(integer)
                            role: anon
                            reason: ""
                        """);
    }

    @Test
    void reasonsAreKeptWhenItIsWrittenAnew() {
        ExposureReport report = ReportBuilder.shop().build();
        String text =
                DeclarationText.of(report, Optional.empty())
                        .replace("reason: \"\"", "reason: 'names only: \"opted in\"'");
        String again =
                DeclarationText.of(
                        report, Optional.of(DeclarationReader.read("exposure.yaml", text)));
        assertThat(again).contains("reason: \"names only: \\\"opted in\\\"\"");
        assertThat(
                        DeclarationText.of(
                                report,
                                Optional.of(DeclarationReader.read("exposure.yaml", again))))
                .isEqualTo(again);
    }

    /// A name of the database's is any text.
    @Test
    void namesThatYamlWouldMisreadComeBackAsTheyWere() {
        for (String name :
                List.of(
                        "public.a: b",
                        "public.#x",
                        "public.\"q\"'s",
                        "public.f(text, \"T\"[])",
                        "public.zeile\nzwei",
                        "public.- x",
                        "public.ü\u202e\u0007",
                        "public.{{body}}",
                        "&anchor",
                        "null",
                        "yes",
                        "12")) {
            ExposureReport report =
                    new ReportBuilder()
                            .can(name, Verb.SELECT, Rows.ALL, name, name)
                            .found(FindingCode.RLS_DISABLED, Severity.HIGH, name, name)
                            .build();
            Declaration read =
                    DeclarationReader.read(
                            "exposure.yaml", DeclarationText.of(report, Optional.empty()));
            assertThat(read.objects()).as(name).containsOnlyKeys(name);
            assertThat(Review.of(report, Optional.of(read)).undeclared()).as(name).isEmpty();
        }
    }

    @Test
    void everyFaultIsToldWithItsLine() {
        String text =
                """
                objects:
                  public.a:
                    anon:
                      selct: all
                      insert: some
                      update:
                        columns: []
                      delete: [all]
                    bob: all
                object: {}
                accepted:
                  - code: rls_disable
                    object: public.a
                  - object: public.a
                    reasons: x
                """;
        assertThatThrownBy(() -> DeclarationReader.read("exposure.yaml", text))
                .isInstanceOfSatisfying(
                        InvalidConfigException.class,
                        e ->
                                assertThat(e.faults())
                                        .containsExactlyInAnyOrder(
                                                "exposure.yaml:4: selct is not known here; did you"
                                                        + " mean select?",
                                                "exposure.yaml:5: rows are one of all, own, none,"
                                                        + " unknown",
                                                "exposure.yaml:7: name the columns, or leave"
                                                        + " `columns` out for all of them",
                                                "exposure.yaml:7: say which rows: rows: all, or"
                                                        + " rows: own",
                                                "exposure.yaml:8: a verb holds names with a value"
                                                        + " each (name: value)",
                                                "exposure.yaml:9: a role holds names with a value"
                                                        + " each (name: value)",
                                                "exposure.yaml:10: object is not known here; did"
                                                        + " you mean objects?",
                                                "exposure.yaml:12: there is no finding rls_disable;"
                                                        + " did you mean rls_disabled?",
                                                "exposure.yaml:14: an accepted finding needs its"
                                                        + " code",
                                                "exposure.yaml:15: reasons is not known here; did"
                                                        + " you mean reason?"));
    }

    @Test
    void whatIsNoYamlIsNamedToo() {
        assertThatThrownBy(() -> DeclarationReader.read("exposure.yaml", "objects: [\n"))
                .isInstanceOf(InvalidConfigException.class)
                .hasMessageContaining("exposure.yaml");
    }

    @Test
    void anEmptyFileDeclaresNothing() {
        Declaration none = DeclarationReader.read("exposure.yaml", "# nothing yet\n");
        assertThat(Review.of(ReportBuilder.shop().build(), Optional.of(none)).undeclared())
                .hasSize(7);
        assertThat(DeclarationReader.read("exposure.yaml", "objects:\naccepted:\n"))
                .isEqualTo(none);
    }
}
