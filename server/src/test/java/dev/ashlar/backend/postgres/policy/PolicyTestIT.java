package dev.ashlar.backend.postgres.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.backend.postgres.jdbc.JdbcConnections;
import dev.ashlar.ops.policy.SuiteReader;
import dev.ashlar.policy.exposure.Callers;
import dev.ashlar.policy.trial.LabReport;
import dev.ashlar.policy.trial.MutantOutcome;
import dev.ashlar.policy.trial.MutantOutcome.Verdict;
import dev.ashlar.policy.trial.PolicySuite;
import dev.ashlar.policy.trial.TestOutcome;
import dev.ashlar.testing.DatabaseForTests;
import dev.ashlar.testing.PostgresForTests;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PolicyTestIT {
    private static final Callers CALLERS =
            new Callers("anon", "authenticated", "service_role", List.of());

    private static final String SCHEMA =
            """
            create type public.mood as enum ('good', 'bad');
            create table public.notes (
                id int generated always as identity primary key,
                owner uuid not null default auth.uid() references auth.users,
                "Odd ?name" text, tags text[], meta jsonb, mood public.mood,
                parent int references public.notes, size int generated always as (1) stored);
            grant all on public.notes to authenticated;
            revoke all on public.notes from anon;
            create policy read on public.notes for select to authenticated
                using (owner = (select auth.uid()) or mood = 'good' or "Odd ?name" = 'a ? b');
            create policy add on public.notes for insert to authenticated
                with check (owner = (select auth.uid()));
            create policy change on public.notes for update to authenticated
                using (owner = (select auth.uid()));
            create table public.secrets (id int primary key, title text, key text);
            revoke all on public.secrets from anon, authenticated;
            grant select (id, title) on public.secrets to authenticated;
            create policy all_rows on public.secrets to authenticated using (true);
            create function public.boom() returns trigger language plpgsql as
                'begin raise exception ''no triggers''; end';
            create table public.loud (id int primary key);
            create trigger boom before insert on public.loud for each row execute function public.boom();
            create function public.doubled(x int, labels text[]) returns setof int language sql
                as 'select x * 2 from unnest(labels)';
            """;

    private static final String GIVEN =
            """
            users:
              ann: {}
              bob: {}
              cleo: {}
            given:
              notes:
                - {id: 101, owner: $ann, tags: [a, b], meta: {k: [1, null]}, mood: bad}
                - {id: 102, owner: $bob, mood: good}
                - {id: 103, owner: $bob, "Odd ?name": "a ? b"}
                - {id: 104, owner: $cleo, mood: bad}
                - {id: 105, owner: $cleo, mood: bad}
              secrets:
                - {id: 1, title: t, key: k}
              loud:
                - {id: 1}
            tests:
            """;

    private static DatabaseForTests database;

    @BeforeAll
    static void prepare() {
        database = PostgresForTests.fresh();
        database.execute(SCHEMA);
    }

    @Test
    void whatIsExpectedRightlyPasses() {
        assertThat(
                        run(
                                """
                                  - name: reads
                                    as: ann
                                    read:
                                      notes:
                                        - {id: 101, tags: [a, b], meta: {k: [1, null]}, mood: bad, size: 1}
                                        - {id: 102, tags: null, meta: null, mood: good, size: 1}
                                        - {id: 103, tags: null, meta: null, mood: null, size: 1}
                                      secrets: {columns: [id, title], expect: all}
                                  - name: columns
                                    as: ann
                                    read:
                                      secrets: {columns: [key], expect: denied}
                                      notes: {where: {mood: null}, expect: {id: [103]}}
                                  - name: writes
                                    as: ann
                                    insert:
                                      - {into: notes, row: {mood: good, tags: [x]}, expect: allowed}
                                      - {into: notes, row: {owner: $bob}, expect: denied}
                                    update:
                                      - {table: notes, set: {mood: bad}, expect: 1}
                                      - {table: notes, where: {id: 102}, set: {mood: bad}, expect: none}
                                      - {table: notes, set: {owner: $bob}, expect: denied}
                                    delete: {from: notes, expect: 0}
                                  - name: steps start from the given rows
                                    as: service
                                    delete: [{from: notes, expect: all}, {from: notes, expect: all}]
                                  - name: functions
                                    as: anon
                                    call: {function: doubled, with: {x: 2, labels: [a, "b,c"]}, expect: 2}
                                    read: {notes: denied}
                                """))
                .allSatisfy(outcome -> assertThat(outcome.faults()).isEmpty());
    }

    @Test
    void whatIsExpectedWronglyFailsWithWhatCame() {
        List<TestOutcome> outcomes =
                run(
                        """
                          - name: wrong
                            as: ann
                            read:
                              notes: {id: [101, 102, 107]}
                              secrets: denied
                              nowhere: 1
                            insert:
                              - {into: notes, row: {owner: $bob}, expect: allowed}
                              - {into: notes, row: {id: 1}, expect: denied}
                              - {into: notes, row: {}, expect: denied}
                              - {into: loud, row: {id: 2}, expect: allowed}
                            update: {table: notes, set: {mood: bad}, expect: 2}
                          - {name: role, as: {role: nobody_at_all}, read: {notes: 1}}
                        """);
        assertThat(String.join("\n", outcomes.getFirst().faults()))
                .contains(
                        "expected and not there: {\"id\": 107}; there and not expected: {\"id\": 103}")
                .contains("expected denied, but 1 row was read")
                .contains("\"public.nowhere\" does not exist")
                .contains("expected allowed, but it failed: new row violates row-level security")
                .contains("expected denied, but it failed: cannot insert a non-DEFAULT value")
                .contains("expected denied, but 1 row was changed")
                .contains("expected 2 rows changed, but 1 row was changed");
        assertThat(outcomes.getFirst().faults()).hasSize(8);
        assertThat(outcomes.getLast().faults().getFirst()).contains("nobody_at_all");
    }

    @Test
    void aRowThatCannotBeMadeIsToldWithItsLine() {
        PolicySuite suite =
                suite(
                        """
                        given:
                          notes:
                            - {id: 1, mood: sad}
                        tests:
                          - {name: t, as: anon, read: {notes: 1}}
                        """);
        assertThat(lab(2).test(List.of(suite)).getFirst().faults().getFirst())
                .startsWith(
                        "f.yaml:3: the row of public.notes cannot be made: invalid input value");
    }

    @Test
    void mistakesThatNoTestNoticesAreTold() {
        String tests =
                GIVEN
                        + """
                          - name: reads
                            as: ann
                            read: {notes: {id: [101, 102, 103]}}
                          - name: adds
                            as: ann
                            insert: [{into: notes, row: {mood: bad}, expect: allowed}, {into: notes, row: {owner: $bob}, expect: denied}]
                        """;
        LabReport weak = mutated(tests);
        assertThat(weak.survivors())
                .isNotEmpty()
                .allMatch(mutant ->
                        mutant.mutation().policy().name().equals("change")
                                || mutant.mutation().description().contains("ALL"));
        LabReport strong =
                mutated(
                        tests
                                + """
                                  - name: changes
                                    as: ann
                                    update: [{table: notes, set: {mood: bad}, expect: 1}, {table: notes, set: {owner: $bob}, expect: denied}]
                                    delete: {from: notes, expect: 0}
                                """);
        assertThat(strong.survivors())
                .extracting(mutant -> mutant.mutation().description())
                .isEmpty();
        assertThat(strong.score()).contains(100L);
    }

    @Test
    void mutantsLeaveNoTrace() throws SQLException {
        String before = policies();
        mutated(GIVEN + "  - {name: reads, as: ann, read: {notes: {id: [101, 102, 103]}}}\n");
        assertThat(policies()).isEqualTo(before);
        try (Connection connection = JdbcConnections.open(database.jdbc(), "test");
                Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery(
                                "select (select count(*) from public.notes) + (select count(*) from"
                                        + " auth.users)")) {
            rows.next();
            assertThat(rows.getLong(1)).isZero();
        }
    }

    @Test
    void aMistakeDeclaredEquivalentIsNotHeldAgainstTheTests() {
        LabReport report =
                mutated(
                        GIVEN
                                + """
                                  - {name: reads, as: ann, read: {secrets: {columns: [id], expect: 1}}}
                                equivalent:
                                  - {table: secrets, policy: all_rows, reason: it is a test}
                                """);
        assertThat(report.survivors()).isEmpty();
        assertThat(report.of(Verdict.EQUIVALENT))
                .isNotEmpty()
                .extracting(MutantOutcome::note)
                .containsOnly("it is a test");
    }

    private static String policies() throws SQLException {
        try (Connection connection = JdbcConnections.open(database.jdbc(), "test");
                Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery(
                                "select string_agg(p::text, ';' order by p::text) from pg_policies p")) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static LabReport mutated(String text) {
        List<PolicySuite> suites = List.of(suite(text));
        List<TestOutcome> tests = lab(1).test(suites);
        assertThat(tests).allMatch(TestOutcome::passed);
        return new LabReport(tests, lab(1).mutate(suites, (_, _) -> {}), List.of());
    }

    private static List<TestOutcome> run(String tests) {
        return lab(1).test(List.of(suite(GIVEN + tests)));
    }

    private static PolicySuite suite(String text) {
        return SuiteReader.read("f.yaml", text, "public", CALLERS);
    }

    private static PolicyLab lab(int connections) {
        return new PolicyLab(
                java.util.Collections.nCopies(connections, database.jdbc()),
                List.of("public"),
                List.of("public"),
                CALLERS);
    }
}
