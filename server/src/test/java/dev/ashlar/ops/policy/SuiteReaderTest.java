package dev.ashlar.ops.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ashlar.config.InvalidConfigException;
import dev.ashlar.json.Json;
import dev.ashlar.policy.exposure.Callers;
import dev.ashlar.policy.trial.PolicySuite;
import dev.ashlar.policy.trial.PolicySuite.Name;
import dev.ashlar.policy.trial.Step;
import dev.ashlar.policy.trial.Step.Expected;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuiteReaderTest {
    private static final Callers CALLERS =
            new Callers("visitor", "authenticated", "service_role", List.of());

    @Test
    void namesOfUsersStandForTheirIds() {
        PolicySuite suite =
                read(
                        """
                        users:
                          ann: {}
                          bob: {id: 00000000-0000-4000-8000-000000000002, email: bob@x.org}
                        given:
                          notes:
                            - {owner: $bob, by: "${bob.email}", price: "$$5", tags: [a, 1], meta: {k: null}, n: 1.50}
                          private.keys:
                            - {id: 1}
                        tests:
                          - {name: t, as: ann, read: {notes: 1}}
                        """);
        assertThat(Json.write(suite.given().getFirst().row()))
                .isEqualTo(
                        "{\"owner\":\"00000000-0000-4000-8000-000000000002\",\"by\":\"bob@x.org\","
                                + "\"price\":\"$5\",\"tags\":[\"a\",1],\"meta\":{\"k\":null},\"n\":1.50}");
        assertThat(suite.given().getLast().table()).isEqualTo(new Name("private", "keys"));
        assertThat(suite.users().getFirst().id())
                .isEqualTo(suite.users().getFirst().id().toLowerCase(java.util.Locale.ROOT))
                .hasSize(36);
    }

    @Test
    void callersHaveTheClaimsOfTheirTokens() {
        PolicySuite suite =
                read(
                        """
                        users:
                          ann: {claims: {app_metadata: {org: 2}}}
                        tests:
                          - {name: a, as: ann, read: {notes: 1}}
                          - {name: b, as: anon, read: {notes: 1}}
                          - {name: c, as: service, read: {notes: 1}}
                          - {name: d, as: {user: ann, role: editor, claims: {aal: aal2}}, read: {notes: 1}}
                          - {name: e, as: {role: editor}, read: {notes: 1}}
                        """);
        assertThat(suite.tests())
                .extracting(test -> test.as().role())
                .containsExactly("authenticated", "visitor", "service_role", "editor", "editor");
        assertThat(suite.tests().getFirst().as().claims())
                .contains("\"sub\":\"" + suite.users().getFirst().id())
                .contains("\"app_metadata\":{\"org\":2}")
                .contains("\"aal\":\"aal1\"");
        assertThat(suite.tests().get(3).as().claims())
                .contains("\"aal\":\"aal2\"")
                .contains("\"role\":\"editor\"");
        assertThat(suite.tests().get(1).as().claims()).isEqualTo("{\"role\":\"visitor\"}");
    }

    @Test
    void expectationsHaveShortAndLongForms() {
        PolicySuite suite =
                read(
                        """
                        tests:
                          - name: t
                            as: anon
                            read:
                              a: 2
                              b: none
                              c: all
                              d: denied
                              e: {id: [1, 2]}
                              f: [{id: 1, title: x}]
                              g: {columns: [secret], where: {id: 1}, expect: denied}
                            insert: {into: a, row: {id: 1}, expect: allowed}
                            update: [{table: a, set: {id: 2}, expect: 3}]
                            delete: {from: a, where: {id: 1}, expect: none}
                            call: {function: api.f, with: {x: 1}, expect: 1}
                        """);
        List<Step> steps = suite.tests().getFirst().steps();
        assertThat(steps).hasSize(11);
        assertThat(steps)
                .extracting(Step::expected)
                .startsWith(
                        new Expected.Count(2),
                        new Expected.Count(0),
                        Expected.Everything.ALL,
                        Expected.Refusal.DENIED);
        assertThat(((Expected.Rows) steps.get(4).expected()).rows()).hasSize(2);
        assertThat(((Step.Read) steps.get(6)).columns()).containsExactly("secret");
        assertThat(steps.getLast().on()).isEqualTo(new Name("api", "f"));
        assertThat(suite.touched()).contains("public.g", "api.f");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`tests: [{name: a, as: bob, read: {t: 1}}]` | f.yaml:1: nobody is called bob; there are: anon, service",
                "`tests: [{name: a, as: anon, raed: {t: 1}}]` | f.yaml:1: a test has no raed; did you mean read?",
                "`tests: [{name: a, as: anon}]` | f.yaml:1: a test needs read, insert, update, delete or call",
                "`tests: [{as: anon, read: {t: 1}}]` | f.yaml:1: a test needs name",
                "`tests: [{name: a, read: {t: 1}}]` | f.yaml:1: a test needs as: anon, service, or the name of a user",
                "`tests: [{name: a, as: anon, read: {t: maybe}}]` | f.yaml:1: expect must be allowed, denied, none, all, a number of rows",
                "`tests: [{name: a, as: anon, insert: {into: t, row: {a: $bob}, expect: denied}}]` | f.yaml:1: there is no user bob under users",
                "`tests: [{name: a, as: anon, delete: {from: t}}]` | f.yaml:1: expect must be",
                "`tests: {}` | f.yaml:1: tests must be a list",
                "`users: {}` | f.yaml:1: there are no tests",
                "`` | f.yaml:1: there are no tests",
                "`given: {t: {a: 1}}` | f.yaml:1: the rows of t must be a list",
                "`users: {anon: {}}` | f.yaml:1: a user cannot be called anon",
                "`[1]` | f.yaml:1: the file must be a mapping of users, given, tests, equivalent"
            })
    void whatIsWrongIsToldWithItsLine(String text, String fault) {
        InvalidConfigException told =
                catchThrowableOfType(
                        InvalidConfigException.class, () -> read(text == null ? "" : text));
        assertThat(told.faults()).anyMatch(each -> each.startsWith(fault));
    }

    private static PolicySuite read(String text) {
        return SuiteReader.read("f.yaml", text, "public", CALLERS);
    }
}
