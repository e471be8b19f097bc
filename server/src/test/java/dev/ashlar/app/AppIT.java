package dev.ashlar.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.testing.PostgresForTests;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The server put together, on a PostgreSQL of the user's own.
class AppIT {
    private static final String SECRET = "a-secret-of-the-users-own-that-is-long-enough";

    @TempDir Path folder;
    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void servesADatabaseOfTheUsers() throws IOException, InterruptedException {
        Path migrations = Files.createDirectory(folder.resolve("migrations"));
        Files.writeString(
                migrations.resolve("20260101000000_notes.sql"),
                """
                create table public.notes (id int primary key);
                create policy "all" on public.notes for all using (true) with check (true);
                grant select, insert on public.notes to anon;
                insert into public.notes values (7);
                """);
        List<String> steps = new ArrayList<>();
        Config config = config(PostgresForTests.fresh().url());
        try (App app = App.start(config, site(), steps::add)) {
            assertThat(steps).contains("Applied 20260101000000_notes.sql");
            assertThat(get(app, "/readyz")).startsWith("200 ");
            assertThat(get(app, "/rest/v1/notes?select=id")).isEqualTo("200 [{\"id\":7}]");
            assertThat(get(app, "/rest/v1/secrets")).startsWith("404 ");
            assertThat(get(app, "/auth/v1/health")).startsWith("200 ");
            assertThat(get(app, "/")).startsWith("200 {\"name\":\"ashlar\"");
            assertThat(app.keys().jwtSecret().reveal()).isEqualTo(SECRET);
            assertThat(folder.resolve("data")).doesNotExist();
        }
        try (App again = App.start(config, site(), steps::add)) {
            assertThat(get(again, "/rest/v1/notes?select=id")).isEqualTo("200 [{\"id\":7}]");
            assertThat(steps).as("nothing was applied twice").hasSize(1);
        }
    }

    @Test
    void aDatabaseThatIsNotThereIsNamedWithoutItsPassword() {
        assertThatThrownBy(() ->
                        App.start(
                                config("postgres://ada:hunter22@127.0.0.1:1/shop"),
                                site(),
                                _ -> {}))
                .isInstanceOfSatisfying(
                        StartFailure.class,
                        failure -> {
                            assertThat(failure).hasMessageContaining("127.0.0.1:1");
                            assertThat(failure.advice()).contains("DATABASE_URL");
                            assertThat(failure.toString() + failure.advice())
                                    .doesNotContain("hunter22");
                        });
    }

    @Test
    void aHostThatNobodyKnowsIsCalledThat() {
        assertThatThrownBy(() ->
                        App.start(
                                config("postgres://ada:hunter22@no-such-host.invalid/shop"),
                                site(),
                                _ -> {}))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("no-such-host.invalid:5432")
                .hasMessageContaining("no host of this name");
    }

    @Test
    void aPortInUseIsFoundBeforeAnythingIsStarted() throws IOException {
        try (ServerSocket taken = new ServerSocket(0)) {
            Map<String, String> flags = flags("postgres://nobody@127.0.0.1:1/none");
            flags.put("http.port", Integer.toString(taken.getLocalPort()));
            flags.put("http.host", "0.0.0.0");
            Config config = Config.load(project(), flags, Map.of()).config();
            assertThatThrownBy(() -> App.start(config, site(), _ -> {}))
                    .isInstanceOf(StartFailure.class)
                    .hasMessageContaining("Port " + taken.getLocalPort());
        }
    }

    private String get(App app, String path) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + app.port() + path))
                        .header("apikey", app.keys().apiKeys().anon())
                        .build();
        var response = http.send(request, BodyHandlers.ofString());
        return response.statusCode() + " " + response.body();
    }

    private Config config(String url) {
        return Config.load(project(), flags(url), Map.of()).config();
    }

    private static Map<String, String> flags(String url) {
        Map<String, String> flags = new LinkedHashMap<>();
        flags.put("http.port", "0");
        flags.put("database.url", url);
        flags.put("auth.jwt-secret", SECRET);
        flags.put("log.level", "error");
        flags.put("log.access", "off");
        return flags;
    }

    private Project project() {
        return new Project(folder, folder, folder, Optional.empty());
    }

    private Site site() {
        return Site.of(project());
    }
}
