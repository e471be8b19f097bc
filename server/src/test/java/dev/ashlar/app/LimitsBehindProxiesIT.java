package dev.ashlar.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.testing.DatabaseForTests;
import dev.ashlar.testing.PostgresForTests;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// By whom attempts are counted when a proxy says so, or somebody who writes what proxies write.
class LimitsBehindProxiesIT {
    private static final String LIMIT = "auth.account-sign-ins-per-minute=3";
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir static Path folder;
    private static App open;
    private static App behind;

    @BeforeAll
    static void start() throws IOException {
        Files.createDirectory(folder.resolve("migrations"));
        DatabaseForTests database = PostgresForTests.fresh();
        open = AppOnDatabase.start(folder, database, LIMIT);
        behind = AppOnDatabase.start(folder, database, LIMIT, "http.trusted-proxies=127.0.0.0/8");
    }

    @AfterAll
    static void stop() {
        behind.stop();
        open.stop();
    }

    @Test
    void nobodyIsSomebodyElseBySayingSo() {
        assertThat(statuses(open, "spoofed@example.com", "6.6.6.%d"))
                .containsExactly(400, 400, 400, 429, 429);
    }

    /// What stands left of the proxy's own entry was written by the caller.
    @Test
    void whatAProxySaysCounts() {
        assertThat(statuses(behind, "proxied@example.com", "6.6.6.%d, 198.51.100.7"))
                .containsExactly(400, 400, 400, 429, 429);
        assertThat(statuses(behind, "proxied@example.com", "198.51.100.1%d"))
                .containsExactly(400, 400, 400, 400, 400);
    }

    @Test
    void aRefusalSaysWhenToComeBack() {
        IntStream.range(0, 4).forEach(_ -> signIn(open, "waits@example.com", "6.6.6.6"));
        HttpResponse<String> refused = signIn(open, "waits@example.com", "6.6.6.6");
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValueAsLong("Retry-After").orElse(0)).isBetween(1L, 21L);
    }

    private static List<Integer> statuses(App app, String email, String chain) {
        return IntStream.range(0, 5)
                .mapToObj(i -> signIn(app, email, chain.formatted(i)).statusCode())
                .toList();
    }

    private static HttpResponse<String> signIn(App app, String email, String forwardedFor) {
        String url = "http://127.0.0.1:" + app.port() + "/auth/v1/token?grant_type=password";
        try {
            return HTTP.send(
                    HttpRequest.newBuilder(URI.create(url))
                            .header("Content-Type", "application/json")
                            .header("X-Forwarded-For", forwardedFor)
                            .POST(
                                    BodyPublishers.ofString(
                                            "{\"email\":\"%s\",\"password\":\"wrong\"}"
                                                    .formatted(email)))
                            .build(),
                    BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
