package dev.ashlar.backend.postgres.exposure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.backend.postgres.jdbc.JdbcConnections;
import dev.ashlar.ops.policy.PolicyFixes;
import dev.ashlar.policy.exposure.Callers;
import dev.ashlar.testing.DatabaseForTests;
import dev.ashlar.testing.PostgresForTests;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Policies before and after: the same rows, with fewer calls and by an index.
class PolicyFixIT {
    private static final Callers CALLERS =
            new Callers("anon", "authenticated", "service_role", List.of());
    private static final List<String> USERS =
            List.of(
                    "a0000000-0000-4000-8000-000000000001",
                    "b0000000-0000-4000-8000-000000000002",
                    "c0000000-0000-4000-8000-000000000003");
    private static final int ROWS = 20_000;
    private static final int VISITS = 300;

    private static DatabaseForTests database;
    private static PolicyFacts facts;
    private static PolicyFixes fixes;

    @BeforeAll
    static void fill() throws IOException {
        database = PostgresForTests.fresh();
        database.execute(
                """
                create table public.tasks (
                  id int primary key, user_id uuid, "Team" int, body text);
                create table public.crew (id int primary key, team int, member uuid);
                create policy "crew: own" on public.crew for select to authenticated
                  using (member = (select auth.uid()));
                create policy "own \"\"tasks\"\"\" on public.tasks for select to authenticated
                  using (auth.uid() = user_id);
                create policy "tasks of the team" on public.tasks for select to authenticated
                  using (exists (select from public.crew c
                    where c.team = tasks."Team" and c.member = auth.uid()));
                create policy "own tasks: write" on public.tasks for all to authenticated
                  using (user_id = auth.uid()) with check (user_id = auth.uid());
                create table public.visits (id int primary key, visitor text);
                create function public.whoami() returns text language plpgsql stable as
                  'begin return auth.uid()::text; end';
                create policy "own visits" on public.visits for select to authenticated
                  using (visitor = public.whoami());
                create policy "fast already" on public.tasks for delete to authenticated
                  using (user_id = (select auth.uid()));
                grant select, insert, update, delete on public.tasks, public.crew, public.visits
                  to authenticated;
                insert into public.tasks
                  select i, case i %% 1000 when 0 then '%1$s'::uuid when 1 then '%2$s'::uuid
                    else gen_random_uuid() end, i %% 500, 'task ' || i
                  from generate_series(1, %3$d) i;
                insert into public.crew select i, i, case i %% 100 when 0 then '%2$s'::uuid
                    else gen_random_uuid() end from generate_series(1, 400) i;
                insert into public.visits
                  select i, case i %% 3 when 0 then '%1$s' else 'nobody' end
                  from generate_series(1, %4$d) i;
                analyze public.tasks, public.crew, public.visits;
                """
                        .formatted(USERS.get(0), USERS.get(1), ROWS, VISITS));
        facts = read();
        fixes = PolicyFixes.of(facts.facts(), facts.rowEstimates());
    }

    private static PolicyFacts read() throws IOException {
        return PolicyFacts.read(database.address("postgres"), List.of("public"), CALLERS);
    }

    /// The ids that a user sees, can update and can delete, as one text.
    private static String reach(String user) {
        return asked(
                        user,
                        "select md5(string_agg(id::text, ',' order by id)) || count(*) from public.tasks")
                + asked(
                        user,
                        "with w as (update public.tasks set body = body returning id)"
                                + " select count(*) || ':' || coalesce(sum(id), 0) from w")
                + asked(
                        user,
                        "with w as (delete from public.tasks returning id)"
                                + " select count(*) || ':' || coalesce(sum(id), 0) from w");
    }

    /// In a transaction that is rolled back: the lines of the last answer. The superuser becomes
    /// the user, since only it may have calls counted.
    private static String asked(String user, String... queries) {
        try (Connection connection = JdbcConnections.open(database.jdbc(), "ashlar-test");
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute(
                    "set local track_functions = 'all'; select set_config('request.jwt.claims', '{\"sub\": \""
                            + user
                            + "\"}', true); set local role authenticated");
            List<String> lines = new ArrayList<>();
            for (String query : queries) {
                lines.clear();
                try (ResultSet rows = statement.executeQuery(query)) {
                    while (rows.next()) {
                        lines.add(String.valueOf(rows.getString(1)));
                    }
                }
            }
            connection.rollback();
            return String.join("\n", lines);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Of a change that looks at no column, so that the policy for changes alone decides.
    private static String plan() {
        return asked(USERS.getFirst(), "explain (costs off) update public.tasks set body = 'new'");
    }

    /// How often the application's own function is called while a user's visits are counted.
    private static int calls() {
        return Integer.parseInt(
                asked(
                        USERS.getFirst(),
                        "select count(*) from public.visits",
                        "select coalesce(sum(calls), 0) from pg_stat_xact_user_functions"
                                + " where funcname = 'whoami'"));
    }

    @Test
    void findsCallsPerRowAndWhatHasNoIndex() {
        assertThat(fixes.rewrites())
                .extracting(PolicyFixes.Rewrite::policy)
                .contains("own \"tasks\"", "own tasks: write")
                .doesNotContain("fast already", "crew: own");
        assertThat(fixes.migration())
                .contains(
                        "create index if not exists \"tasks_user_id_idx\" on \"public\".\"tasks\""
                                + " (\"user_id\");",
                        "on \"public\".\"crew\"")
                .contains("alter policy \"own \"\"tasks\"\"\" on \"public\".\"tasks\"");
    }

    @Test
    void aLargeTableIsToldOf() {
        Map<Long, Long> large = new TreeMap<>();
        facts.facts().relations().forEach(relation -> large.put(relation.oid(), 30_000_000L));
        assertThat(PolicyFixes.of(facts.facts(), large).migration())
                .contains("about 30000000 rows", "--   create index concurrently if not exists");
        assertThat(fixes.migration()).doesNotContain("concurrently");
    }

    @Test
    void theSameRowsByFewerCallsAndAnIndex() throws IOException {
        List<String> before = USERS.stream().map(PolicyFixIT::reach).toList();
        assertThat(plan()).contains("Seq Scan on tasks").doesNotContain("InitPlan", "Index");
        // Once more for the planner's guess.
        assertThat(calls()).isGreaterThanOrEqualTo(VISITS);

        database.execute(fixes.migration());
        database.execute("analyze public.tasks, public.crew, public.visits");

        assertThat(USERS.stream().map(PolicyFixIT::reach).toList()).isEqualTo(before);
        assertThat(before.getFirst()).isNotEqualTo(before.get(1));
        assertThat(plan()).contains("InitPlan", "tasks_user_id_idx").doesNotContain("Seq Scan");
        assertThat(calls()).isEqualTo(1);
        PolicyFacts after = read();
        assertThat(PolicyFixes.of(after.facts(), after.rowEstimates()).isEmpty()).isTrue();
    }
}
