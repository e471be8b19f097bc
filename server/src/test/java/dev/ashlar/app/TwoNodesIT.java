package dev.ashlar.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.auth.AuthDomain;
import dev.ashlar.json.Json;
import dev.ashlar.json.JsonValue.JsonObject;
import dev.ashlar.json.MalformedJsonException;
import dev.ashlar.testing.DatabaseForTests;
import dev.ashlar.testing.PostgresForTests;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two servers on one database with `auth.revocation: immediate`: what ends on one has ended on the
/// other before anybody could have waited for its next look at the database.
class TwoNodesIT {
    /// Far below the ten seconds between two looks; what is usual is a tenth of a second.
    private static final Duration BOUND = Duration.ofSeconds(3);

    @TempDir static Path folder;
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static DatabaseForTests database;
    private static App one;
    private static App two;

    @BeforeAll
    static void start() {
        database = PostgresForTests.fresh();
        database.execute(
                """
                create table public.notes (id int primary key);
                create policy "all" on public.notes for select using (true);
                grant select on public.notes to authenticated;
                """);
        one = node();
        two = node();
    }

    @AfterAll
    static void stop() {
        two.close();
        one.close();
    }

    private static App node() {
        Project project = new Project(folder, folder, folder, Optional.empty());
        Map<String, String> flags =
                Map.of(
                        "http.port", "0",
                        "database.url", database.url(),
                        "auth.jwt-secret", "a-secret-of-the-users-own-that-is-long-enough",
                        "auth.revocation", "immediate",
                        "log.level", "error",
                        "log.access", "off");
        return App.start(Config.load(project, flags, Map.of()).config(), Site.of(project), _ -> {});
    }

    /// Several times, so that the look every ten seconds cannot have done it.
    @RepeatedTest(4)
    void whoSignsOutOnOneHasSignedOutOnTheOther() {
        String token = signedUp().text("access_token");
        assertThat(notes(token)).isEqualTo(200);
        assertThat(call(one, "POST", "/auth/v1/logout", token, "").status()).isEqualTo(204);
        assertEnds(token);
    }

    @RepeatedTest(4)
    void whoIsBannedOnOneIsBannedOnTheOther() {
        Answer session = signedUp();
        ban(session);
        assertEnds(session.text("access_token"));
    }

    /// What was said while nobody listened is read when somebody listens again.
    @RepeatedTest(4)
    void aListenerThatWasCutOffMissesNothing() {
        Answer session = signedUp();
        assertThat(notes(session.text("access_token"))).isEqualTo(200);
        cutListeners();
        ban(session);
        assertEnds(session.text("access_token"));
    }

    /// And goes on to listen.
    @Test
    void aListenerThatCameBackHears() throws InterruptedException {
        cutListeners();
        for (int i = 0; i < 300 && !listeners().equals("2"); i++) {
            Thread.sleep(20);
        }
        assertThat(listeners()).isEqualTo("2");
        whoSignsOutOnOneHasSignedOutOnTheOther();
    }

    private static void cutListeners() {
        assertThat(listeners()).isEqualTo("2");
        database.ask("select count(pg_terminate_backend(pid)) " + LISTENERS);
    }

    private static final String LISTENERS =
            "from pg_stat_activity where datname = current_database() and query = 'listen \"%s\"'"
                    .formatted(AuthDomain.CHANNEL);

    private static String listeners() {
        return String.valueOf(database.ask("select count(*) " + LISTENERS));
    }

    private static void assertEnds(String token) {
        Instant start = Instant.now();
        while (notes(token) != 401) {
            assertThat(Duration.between(start, Instant.now())).isLessThan(BOUND);
        }
    }

    private static int notes(String token) {
        return call(two, "GET", "/rest/v1/notes", token, "").status();
    }

    private static void ban(Answer session) {
        String id =
                session.body()
                        .findObject("user")
                        .flatMap(user -> user.findText("id"))
                        .orElseThrow();
        String service = one.keys().apiKeys().serviceRole().reveal();
        assertThat(
                        call(
                                        one,
                                        "PUT",
                                        "/auth/v1/admin/users/" + id,
                                        service,
                                        "{\"ban_duration\":\"24h\"}")
                                .status())
                .isEqualTo(200);
    }

    private static Answer signedUp() {
        String email = "two" + System.nanoTime() + "@example.com";
        return call(
                one,
                "POST",
                "/auth/v1/signup",
                one.keys().apiKeys().anon(),
                "{\"email\":\"" + email + "\",\"password\":\"correct horse\"}");
    }

    private record Answer(int status, JsonObject body) {
        String text(String name) {
            return body.findText(name).orElseThrow(() -> new AssertionError(body.toString()));
        }
    }

    private static Answer call(App node, String method, String path, String token, String body) {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + node.port() + path))
                        .header("apikey", node.keys().apiKeys().anon())
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", "application/json")
                        .method(method, BodyPublishers.ofString(body))
                        .build();
        try {
            HttpResponse<String> response = HTTP.send(request, BodyHandlers.ofString());
            return new Answer(
                    response.statusCode(),
                    response.body().startsWith("{")
                            ? (JsonObject) Json.parse(response.body())
                            : JsonObject.EMPTY);
        } catch (IOException | InterruptedException | MalformedJsonException e) {
            throw new AssertionError(e);
        }
    }
}
