package dev.ashlar.backend.postgres.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.backend.postgres.exposure.ExposureReader;
import dev.ashlar.config.Secret;
import dev.ashlar.policy.exposure.Callers;
import dev.ashlar.policy.exposure.Cell;
import dev.ashlar.policy.exposure.ExposureReport;
import dev.ashlar.policy.exposure.Verb;
import dev.ashlar.testing.DatabaseForTests;
import dev.ashlar.testing.PostgresForTests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Pending files tried on a server of our own, where they run as `postgres` and the superuser
/// looks.
class PreviewIT {
    private static final ExposureReader READER =
            new ExposureReader(
                    List.of("public"),
                    new Callers("anon", "authenticated", "service_role", List.of()),
                    Duration.ofSeconds(30));

    @TempDir private Path folder;
    private final DatabaseForTests database = PostgresForTests.fresh();

    @Test
    void filesRunAsTheOwnerAndLeaveNothing() throws IOException {
        file(
                "20260101000000_news.sql",
                """
                create table public.news (id int primary key);
                create policy "all" on public.news for select using (true);
                do $$ begin assert current_user = 'postgres' and session_user = 'postgres'; end $$;
                create role preview_role;
                """);
        Preview preview = migrations().preview(READER);
        assertThat(preview)
                .isInstanceOfSatisfying(
                        Preview.Seen.class,
                        seen -> {
                            assertThat(seen.files()).containsExactly("20260101000000_news.sql");
                            assertThat(readable(seen.before())).isEmpty();
                            // The default rights of the owner's tables hold in the trial too.
                            assertThat(readable(seen.after())).containsExactly("public.news");
                        });
        assertThat(database.ask("select to_regclass('public.news')")).isNull();
        assertThat(database.ask("select 1 from pg_roles where rolname = 'preview_role'")).isNull();
    }

    @Test
    void aFileThatFailsAndOneThatRunsAloneAreSaid() throws IOException {
        file("20260101000000_bad.sql", "create table public.a (id int);\nselect 1 / 0;");
        assertThat(reason())
                .contains("20260101000000_bad.sql, line 2")
                .contains("division by zero");
        file("20260101000000_bad.sql", "-- ashlar: no-transaction\nselect 1;");
        assertThat(reason()).isEqualTo("20260101000000_bad.sql does not run in a transaction");
    }

    /// So that whoever tells the change after applying need not look once more.
    @Test
    void whatWasSeenBeforeAFileFailedIsKept() throws IOException {
        database.execute(
                """
                create table public.seen (id int);
                create policy "all" on public.seen for select using (true);
                grant select on public.seen to anon;
                """);
        file("20260101000000_bad.sql", "drop table public.seen; select 1 / 0;");
        assertThat(migrations().preview(READER))
                .isInstanceOfSatisfying(
                        Preview.Impossible.class,
                        impossible ->
                                assertThat(impossible.before().map(PreviewIT::readable))
                                        .hasValueSatisfying(names ->
                                                assertThat(names).contains("public.seen")));
        file("20260101000000_bad.sql", "-- ashlar: no-transaction\nselect 1;");
        assertThat(migrations().preview(READER))
                .isInstanceOfSatisfying(
                        Preview.Impossible.class,
                        impossible -> assertThat(impossible.before()).isEmpty());
    }

    @Test
    void whatTakesLongIsGivenUp() throws IOException {
        file("20260101000000_slow.sql", "select pg_sleep(60);");
        assertThat(reason()).contains("statement timeout");
    }

    @Test
    void nothingPendingIsNothing() {
        assertThat(migrations().preview(READER)).isInstanceOf(Preview.Nothing.class);
    }

    private String reason() {
        return migrations().preview(READER) instanceof Preview.Impossible(String reason, _)
                ? reason
                : "";
    }

    private static List<String> readable(ExposureReport report) {
        return report.matrix().stream()
                .filter(cell -> cell.role().equals("anon") && cell.verb() == Verb.SELECT)
                .filter(cell -> cell.rows() == Cell.Rows.ALL)
                .map(Cell::object)
                .toList();
    }

    private void file(String name, String sql) throws IOException {
        Files.writeString(folder.resolve(name), sql);
    }

    private Migrations migrations() {
        Map<String, Secret> passwords = new LinkedHashMap<>();
        passwords.put("postgres", database.jdbc().password());
        return Migrations.embedded(database.jdbc(), passwords, folder);
    }
}
