package dev.ashlar.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.testing.CertificateForTests;
import dev.ashlar.testing.DatabaseForTests;
import dev.ashlar.testing.PostgresForTests;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The whole server by HTTP/2 over TLS: its data, callers that give up, and more of them than it
/// can serve.
class OverloadIT {
    private static final int MOST = 40;

    @TempDir private static Path folder;

    private static DatabaseForTests database;
    private static CertificateForTests certificate;
    private static App app;
    private static HttpClient http;

    @BeforeAll
    static void start() throws Exception {
        Files.createDirectory(folder.resolve("migrations"));
        database = PostgresForTests.fresh();
        database.execute(
                """
                create table public.notes (id int primary key, text text);
                create policy "all" on public.notes for all using (true) with check (true);
                grant select, insert, delete on public.notes to anon;
                insert into public.notes select n, repeat('x', 10000) from generate_series(1, 900) n;
                create function public.slow(seconds float) returns int language plpgsql as
                  $$ begin perform pg_sleep(seconds); return 1; end $$;
                grant execute on function public.slow(float) to anon;
                """);
        certificate = CertificateForTests.make(folder, "server", "EC");
        app =
                AppOnDatabase.start(
                        folder,
                        database,
                        "http.tls.certificate=" + certificate.certificate(),
                        "http.tls.key=" + certificate.key(),
                        "http.load.max-in-flight=" + MOST,
                        "database.exclusive-connections=3");
        http =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_2)
                        .sslContext(CertificateForTests.trusting(certificate))
                        .build();
    }

    @AfterAll
    static void stop() {
        http.close();
        app.stop();
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(app.url() + path))
                .header("Content-Type", "application/json");
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private static HttpRequest slow(double seconds) {
        return request("/rest/v1/rpc/slow")
                .POST(BodyPublishers.ofString("{\"seconds\":" + seconds + "}"))
                .build();
    }

    @Test
    void theDataApiIsTheSame() throws Exception {
        HttpResponse<String> read = send(request("/rest/v1/notes?select=id&id=eq.7"));
        assertThat(read.version()).isEqualTo(HttpClient.Version.HTTP_2);
        assertThat(read.body()).isEqualTo("[{\"id\":7}]");
        HttpResponse<String> all = send(request("/rest/v1/notes"));
        assertThat(all.statusCode()).isEqualTo(200);
        assertThat(all.body().length()).isGreaterThan(9_000_000);
        HttpResponse<String> head =
                send(
                        request("/rest/v1/notes?select=id&limit=5")
                                .header("Prefer", "count=exact")
                                .HEAD());
        assertThat(head.headers().firstValue("content-range")).contains("0-4/900");
        assertThat(head.body()).isEmpty();
        String many =
                "[%s]"
                        .formatted(
                                String.join(
                                        ",",
                                        IntStream.range(2_000, 2_100)
                                                .mapToObj(n ->
                                                        "{\"id\":%d,\"text\":\"%s\"}"
                                                                .formatted(n, "y".repeat(20_000)))
                                                .toList()));
        assertThat(send(request("/rest/v1/notes").POST(BodyPublishers.ofString(many))).statusCode())
                .isEqualTo(201);
        HttpResponse<String> gone = send(request("/rest/v1/notes?id=gte.2000").DELETE());
        assertThat(gone.statusCode()).isEqualTo(204);
        assertThat(gone.body()).isEmpty();
        assertThat(send(request("/rest/v1/none")).statusCode()).isEqualTo(404);
        assertThat(send(request("/")).body()).contains(app.url() + "/rest/v1");
        assertThat(app.url()).startsWith("https://localhost:");
    }

    /// Whoever asks and gives up leaves no connection behind that nobody can use.
    @Test
    void whatCallersGiveUpLeavesNothingBehind() throws Exception {
        List<CompletableFuture<HttpResponse<String>>> asked = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            asked.add(http.sendAsync(slow(0.2), BodyHandlers.ofString()));
        }
        Thread.sleep(100);
        asked.forEach(answer -> answer.cancel(true));
        HttpResponse<String> after = http.send(slow(0), BodyHandlers.ofString());
        assertThat(after.body()).isEqualTo("1");
        assertThat(database.ask(BUSY)).isEqualTo("0");
        assertThat(send(request("/rest/v1/notes?select=id&id=eq.7")).statusCode()).isEqualTo(200);
    }

    private static final String BUSY =
            "select count(*) from pg_stat_activity where datname = current_database()"
                    + " and state like 'idle in transaction%'";

    @Test
    void whatIsTooMuchIsRefusedInTheDialectWhileHealthAndSignInAnswer() throws Exception {
        List<CompletableFuture<HttpResponse<String>>> asked = new ArrayList<>();
        for (int i = 0; i < 2 * MOST; i++) {
            asked.add(http.sendAsync(slow(0.1), BodyHandlers.ofString()));
        }
        CompletableFuture.anyOf(asked.toArray(CompletableFuture[]::new)).join();
        assertThat(send(request("/healthz")).statusCode()).isEqualTo(200);
        assertThat(send(request("/readyz")).statusCode()).isEqualTo(200);
        assertThat(send(request("/auth/v1/health")).statusCode()).isEqualTo(200);
        int served = 0;
        for (CompletableFuture<HttpResponse<String>> future : asked) {
            HttpResponse<String> answer = future.join();
            if (answer.statusCode() == 200) {
                served++;
                continue;
            }
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.body()).startsWith("{\"code\":\"PGRST003\"");
            assertThat(Integer.parseInt(answer.headers().firstValue("retry-after").orElseThrow()))
                    .isBetween(1, 3);
        }
        assertThat(served).isBetween(MOST, 2 * MOST - 1);
    }

    @Test
    void aPairThatIsNoneEndsTheStartWithWhatToDo() {
        CertificateForTests other = CertificateForTests.make(folder, "other", "EC");
        long began = System.nanoTime();
        assertThatThrownBy(() ->
                        AppOnDatabase.start(
                                folder,
                                database,
                                "http.tls.certificate=" + certificate.certificate(),
                                "http.tls.key=" + other.key()))
                .isInstanceOfSatisfying(
                        StartFailure.class,
                        failure -> {
                            assertThat(failure).hasMessageContaining("does not belong");
                            assertThat(failure.advice()).contains("openssl");
                        });
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
    }
}
