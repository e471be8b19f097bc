package dev.ashlar.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.testing.DatabaseForTests;
import dev.ashlar.testing.PostgresForTests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the start does about an exposure that nobody declared.
class ExposureStartIT {
    private static final String OPEN =
            """
            create table public.news (id int primary key, title text);
            revoke all on public.news from anon, authenticated;
            grant select on public.news to anon;
            create policy "all" on public.news for select using (true);
            """;

    @TempDir private Path folder;
    private final DatabaseForTests database = PostgresForTests.fresh();

    @Test
    void productionRefusesWhatIsNotDeclaredAndServesWhatIs() throws IOException {
        database.execute(OPEN);
        assertThatThrownBy(() -> start("run.mode=production", "exposure.check=auto"))
                .isInstanceOfSatisfying(
                        StartFailure.class,
                        failure -> {
                            assertThat(failure)
                                    .hasMessageContaining("exposure.yaml")
                                    .hasMessageContaining(
                                            "+ anon can read rows that are not theirs of"
                                                    + " public.news");
                            assertThat(failure.advice())
                                    .contains("ashlar exposure accept", "exposure.check=warn");
                        });
        accept();
        try (App app = start("run.mode=production", "exposure.check=auto")) {
            assertThat(app.port()).isPositive();
        }
        assertThat(log())
                .contains("tables; anonymous callers read 1 and write none")
                .doesNotContain("not declared in");
    }

    @Test
    void productionDoesNotServeWhatItCannotLookAt() throws IOException {
        database.execute(OPEN);
        Files.writeString(folder.resolve("exposure.yaml"), "objects: 7\n");
        assertThatThrownBy(() -> start("run.mode=production", "exposure.check=auto"))
                .hasMessageContaining("exposure.yaml:1");
    }

    @Test
    void developmentWarnsAndFollowsTheSchema() throws IOException, InterruptedException {
        database.execute(OPEN);
        try (App app = start("exposure.check=auto")) {
            assertThat(app.port()).isPositive();
            awaitLog("tables; anonymous callers read 1 and write none");
            awaitLog("+ anon can read rows that are not theirs of public.news");
            database.execute("drop policy \"all\" on public.news; notify pgrst, 'reload schema'");
            awaitLog("tables; anonymous callers read none and write none");
        }
        assertThat(log()).doesNotContain("could not be looked at").doesNotContain(" ERROR ");
    }

    @Test
    void offLooksAtNothing() throws IOException {
        database.execute(OPEN);
        try (App app = start("exposure.check=off", "run.mode=production")) {
            assertThat(app.port()).isPositive();
        }
        assertThat(log()).doesNotContain("Exposure");
    }

    /// The file that lies beside the example, held against the example.
    @Test
    void theExampleExposesNothingUndeclared() throws IOException {
        Path examples = Path.of("").toAbsolutePath().resolveSibling("examples");
        Path example = examples.resolve("interview-trainer");
        Files.createDirectory(folder.resolve("migrations"));
        try (Stream<Path> all = Files.list(example.resolve("migrations"))) {
            for (Path sql : all.toList()) {
                Files.copy(sql, folder.resolve("migrations").resolve(sql.getFileName()));
            }
        }
        Files.copy(example.resolve("exposure.yaml"), folder.resolve("exposure.yaml"));
        try (App app = start("exposure.check=refuse")) {
            assertThat(app.port()).isPositive();
        }
        assertThat(log()).contains("anonymous callers read 2 and write none");
        Files.writeString(folder.resolve("exposure.yaml"), "objects: {}\n");
        assertThatThrownBy(() -> start("exposure.check=refuse"))
                .hasMessageContaining("anon can read rows that are not theirs of public.questions");
    }

    private App start(String... settings) {
        String[] all = new String[settings.length + 2];
        System.arraycopy(settings, 0, all, 0, settings.length);
        all[settings.length] = "log.level=info";
        all[settings.length + 1] = "log.file=" + folder.resolve("log.txt");
        return AppOnDatabase.start(folder, database, all);
    }

    private void accept() {
        Project project = new Project(folder, folder, folder, Optional.empty());
        Config config =
                Config.load(project, Map.of("database.url", database.url()), Map.of()).config();
        try (ExposureRun run = ExposureRun.open(config, Site.of(project), _ -> {})) {
            run.accept(Optional.empty());
        }
    }

    private void awaitLog(String text) throws IOException, InterruptedException {
        Instant end = Instant.now().plus(Duration.ofSeconds(20));
        while (!log().contains(text) && Instant.now().isBefore(end)) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
        assertThat(log()).contains(text);
    }

    private String log() throws IOException {
        Path file = folder.resolve("log.txt");
        return Files.exists(file) ? Files.readString(file) : "";
    }
}
