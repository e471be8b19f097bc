package dev.ashlar.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `Prefer: explain=policy` over HTTP: who is told, and that nobody else is.
class ExplainPreferenceIT {
    private static final String ANN = "a0000000-0000-4000-8000-000000000001";
    private static final String HIDDEN = "what nobody else may read";
    private static final String[] AS_ANN = {"Prefer", "explain=policy", "Ashlar-Explain-As", ANN};
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir static Path folder;
    private static DatabaseForTests database;
    private static App app;
    private static App open;
    private static App closed;

    @BeforeAll
    static void start() throws IOException {
        Files.createDirectory(folder.resolve("migrations"));
        Files.writeString(
                folder.resolve("migrations/20260101000000_diary.sql"),
                """
                create table public.diary (
                  id int primary key, user_id uuid, body text);
                create policy "own diary" on public.diary to authenticated
                  using (user_id = (select auth.uid()));
                grant all on public.diary to anon, authenticated, service_role;
                insert into public.diary values
                  (1, '%s', 'mine'), (2, 'b0000000-0000-4000-8000-000000000002', '%s');
                """
                        .formatted(ANN, HIDDEN));
        database = PostgresForTests.fresh();
        app = AppOnDatabase.start(folder, database);
        open = AppOnDatabase.start(folder, database, "rest.explain-policy=development-all");
        closed = AppOnDatabase.start(folder, database, "rest.explain-policy=off");
    }

    @AfterAll
    static void stop() {
        Stream.of(app, open, closed).forEach(App::stop);
    }

    @Test
    void theServiceRoleIsToldWhyARowIsLeftOut() {
        HttpResponse<String> answer = get(app, "/diary?id=eq.2", "service_role", AS_ANN);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type"))
                .contains("application/vnd.ashlar.policy+json; charset=utf-8");
        assertThat(answer.headers().firstValue("Preference-Applied")).contains("explain=policy");
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(answer.body())
                .contains(
                        "\"object\":\"public.diary\"",
                        "\"key\":{\"id\":\"2\"}",
                        "\"allowed\":false",
                        "\"auth.uid()\":\"" + ANN + "\"",
                        HIDDEN);
        assertThat(get(app, "/diary?id=eq.1", "service_role", AS_ANN).body())
                .contains("\"allowed\":true");
    }

    @Test
    void filtersOfTheRequestCount() {
        assertThat(get(app, "/diary?body=like.what*&select=id", "service_role", AS_ANN).body())
                .contains("\"id\":\"2\"")
                .doesNotContain("\"id\":\"1\"");
        assertThat(get(app, "/diary/2", "service_role", AS_ANN).body()).contains("\"id\":\"2\"");
    }

    @Test
    void nobodyElseIsTold() {
        for (String role : new String[] {"anon", "authenticated"}) {
            HttpResponse<String> answer = get(app, "/diary", role, "Prefer", "explain=policy");
            assertThat(answer.statusCode()).isEqualTo(403);
            assertThat(answer.body())
                    .contains("ASHLAR403", "for the service role alone")
                    .doesNotContain(HIDDEN, "own diary");
            assertThat(get(app, "/diary", role, AS_ANN).statusCode()).isEqualTo(403);
        }
        HttpResponse<String> batch =
                send(
                        app,
                        "POST",
                        "/$batch",
                        "authenticated",
                        "[{\"path\": \"/diary\", \"headers\": {\"Prefer\": \"explain=policy\"}}]");
        assertThat(batch.statusCode()).isEqualTo(400);
        assertThat(batch.body()).doesNotContain(HIDDEN);
    }

    @Test
    void whoHasToBeSaid() {
        HttpResponse<String> answer =
                get(app, "/diary", "service_role", "Prefer", "explain=policy");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("Ashlar-Explain-As");
        assertThat(
                        get(
                                        app,
                                        "/diary?id=eq.2",
                                        "service_role",
                                        "Prefer",
                                        "count=exact, explain=policy",
                                        "Ashlar-Explain-As",
                                        "{\"role\": \"authenticated\", \"sub\": \"b0000000-0000-4000-8000-000000000002\"}")
                                .body())
                .contains("\"allowed\":true");
        assertThat(
                        get(
                                        app,
                                        "/diary?id=eq.2",
                                        "service_role",
                                        "Prefer",
                                        "explain=policy",
                                        "Ashlar-Explain-As",
                                        "nobody_at_all")
                                .statusCode())
                .isEqualTo(400);
    }

    @Test
    void aWriteUnderQuestionWritesNothing() {
        String[] headers = {
            "Prefer", "explain=policy, return=representation", "Ashlar-Explain-As", ANN
        };
        assertThat(send(app, "DELETE", "/diary?id=eq.2", "service_role", "", headers).body())
                .contains("\"verb\":\"delete\"", "\"allowed\":false");
        assertThat(
                        send(
                                        app,
                                        "PATCH",
                                        "/diary?id=eq.1",
                                        "service_role",
                                        "{\"user_id\": null}",
                                        headers)
                                .body())
                .contains("\"verb\":\"update\"", "WITH CHECK");
        assertThat(
                        send(
                                        app,
                                        "POST",
                                        "/diary",
                                        "service_role",
                                        "{\"id\": 3, \"user_id\": \"" + ANN + "\"}",
                                        headers)
                                .body())
                .contains("\"verb\":\"insert\"", "\"allowed\":true");
        assertThat(database.ask("select count(*) || ':' || count(user_id) from public.diary"))
                .isEqualTo("2:2");
    }

    @Test
    void functionsAndPutsAreRefused() {
        assertThat(send(app, "POST", "/rpc/nothing", "service_role", "{}", AS_ANN).statusCode())
                .isEqualTo(400);
        assertThat(
                        send(app, "PUT", "/diary?id=eq.1", "service_role", "{\"id\": 1}", AS_ANN)
                                .statusCode())
                .isEqualTo(400);
    }

    @Test
    void inDevelopmentEverybodyMayAskForThemselves() {
        assertThat(get(open, "/diary?id=eq.2", "authenticated", "Prefer", "explain=policy").body())
                .contains("\"allowed\":false", "\"user\":\"" + ANN + "\"");
        assertThat(get(open, "/diary", "authenticated", AS_ANN).statusCode()).isEqualTo(403);
        assertThat(get(open, "/diary?id=eq.2", "service_role", AS_ANN).statusCode()).isEqualTo(200);
    }

    @Test
    void inProductionNobodyOpensIt() {
        assertThatThrownBy(() ->
                        AppOnDatabase.start(
                                folder,
                                database,
                                "run.mode=production",
                                "exposure.check=off",
                                "rest.explain-policy=development-all"))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("development-all in production");
    }

    @Test
    void switchedOffItIsForNobody() {
        HttpResponse<String> answer = get(closed, "/diary", "service_role", AS_ANN);
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("rest.explain-policy");
    }

    private static HttpResponse<String> get(App on, String path, String role, String... headers) {
        return send(on, "GET", path, role, "", headers);
    }

    private static HttpResponse<String> send(
            App on, String method, String path, String role, String body, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(
                                URI.create("http://127.0.0.1:" + on.port() + "/rest/v1" + path))
                        .header("Content-Type", "application/json")
                        .method(method, BodyPublishers.ofString(body));
        if (!role.equals("anon")) {
            request.header("Authorization", "Bearer " + AppOnDatabase.token(role, ANN));
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return HTTP.send(request.build(), BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
