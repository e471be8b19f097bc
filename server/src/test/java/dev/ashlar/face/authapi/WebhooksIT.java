package dev.ashlar.face.authapi;

import static dev.ashlar.face.authapi.AuthIT.assertError;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.face.authapi.HookServer.Said;
import dev.ashlar.face.authapi.RunningAuth.Answer;
import dev.ashlar.json.Json;
import dev.ashlar.json.JsonObjectBuilder;
import dev.ashlar.json.JsonValue.JsonObject;
import dev.ashlar.testing.DatabaseForTests;
import dev.ashlar.testing.PostgresForTests;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Webhooks and the transactions that need them: none is open while one is asked, and all is as if
/// it had been asked within.
class WebhooksIT {
    private static final String CLAIMS = "custom-access-token";
    private static final String NEWCOMERS = "before-user-created";
    private static Vertx vertx;
    private static DatabaseForTests database;
    private HookServer hooks;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
        database = PostgresForTests.fresh();
    }

    @AfterAll
    static void stop() {
        vertx.close();
    }

    @BeforeEach
    void open() throws IOException {
        hooks = new HookServer();
    }

    @AfterEach
    void close() {
        hooks.close();
    }

    @Test
    void noTransactionIsOpenMeanwhile() {
        List<String> open = new CopyOnWriteArrayList<>();
        hooks.answers(payload -> {
            open.add(openTransactions());
            return echo(payload);
        });
        try (RunningAuth auth =
                auth(
                        hooks.setting(CLAIMS),
                        hooks.setting(NEWCOMERS),
                        hooks.setting("password-verification-attempt"))) {
            Answer session = auth.signUp("open@example.com");
            assertThat(open).hasSize(2);
            assertThat(auth.signIn("open@example.com", "correct horse").status()).isEqualTo(200);
            assertThat(open).hasSize(4);
            assertThat(auth.refresh(session.text("refresh_token")).status()).isEqualTo(200);
            auth.call("POST", "/otp", "", "{\"email\":\"otp-open@example.com\"}");
            assertThat(open).hasSize(6).containsOnly("0");
        }
    }

    /// That the question above can be answered otherwise.
    @Test
    void anOpenTransactionIsSeen() {
        try (RunningAuth auth = auth()) {
            String seen =
                    auth.database()
                            .transaction(tx -> {
                                tx.query(dev.ashlar.backend.sql.SqlText.of("select 1"));
                                return openTransactions();
                            });
            assertThat(seen).isEqualTo("1");
        }
    }

    @Test
    void itIsToldTheIdsThatWillBe() {
        hooks.answers(WebhooksIT::echo);
        try (RunningAuth auth = auth(hooks.setting(CLAIMS), hooks.setting(NEWCOMERS))) {
            Answer session = auth.signUp("ids@example.com");
            String id = session.object("user").findText("id").orElseThrow();
            assertThat(hooks.told()).hasSize(2);
            assertThat(hooks.told().getFirst().findObject("user").orElseThrow().findText("id"))
                    .contains(id);
            assertThat(hooks.last().findText("user_id")).contains(id);
            assertThat(hooks.last().findObject("claims").orElseThrow().findText("session_id"))
                    .isEqualTo(AuthIT.claims(session.text("access_token")).findText("session_id"));
        }
    }

    @Test
    void nothingStaysOfWhatItRefuses() {
        hooks.answers(200, "{\"error\":{\"http_code\":403,\"message\":\"Not today\"}}");
        for (String hook : List.of(CLAIMS, NEWCOMERS)) {
            try (RunningAuth auth = auth(hooks.setting(hook))) {
                Answer answer = auth.signUp("refused@example.com");
                assertError(answer, 403, "validation_failed");
                assertThat(answer.text("message")).isEqualTo("Not today");
                assertThat(accounts("refused@example.com")).isEqualTo("0");
            }
        }
    }

    /// A token that nobody got the successor of is still the one.
    @Test
    void aRefreshThatItStoppedCanBeTriedAgain() {
        hooks.answers(WebhooksIT::echo);
        try (RunningAuth auth = auth(hooks.setting(CLAIMS))) {
            String token = auth.signUp("again@example.com").text("refresh_token");
            hooks.answers(500, "{}");
            assertError(auth.refresh(token), 400, "validation_failed");
            auth.pass(Duration.ofMinutes(5));
            hooks.answers(WebhooksIT::echo);
            assertThat(auth.refresh(token).status()).isEqualTo(200);
        }
    }

    @Test
    void whatChangesWhileItThinksIsToldAnew() {
        AtomicInteger calls = new AtomicInteger();
        hooks.answers(payload -> {
            if (calls.getAndIncrement() == 1) {
                plan("changes@example.com", "gold");
            }
            return echo(payload);
        });
        try (RunningAuth auth = auth(hooks.setting(CLAIMS))) {
            auth.signUp("changes@example.com");
            Answer session = auth.signIn("changes@example.com", "correct horse");
            assertThat(calls).hasValue(3);
            assertThat(
                            AuthIT.claims(session.text("access_token"))
                                    .findObject("app_metadata")
                                    .orElseThrow()
                                    .findText("plan"))
                    .contains("gold");
        }
    }

    @Test
    void whatNeverRestsIsGivenUp() {
        AtomicInteger calls = new AtomicInteger();
        hooks.answers(payload -> {
            plan("restless@example.com", "plan" + calls.incrementAndGet());
            return echo(payload);
        });
        try (RunningAuth auth = auth()) {
            auth.signUp("restless@example.com");
        }
        try (RunningAuth auth = auth(hooks.setting(CLAIMS))) {
            assertError(
                    auth.signIn("restless@example.com", "correct horse"),
                    422,
                    "hook_timeout_after_retry");
            assertThat(calls).hasValueBetween(2, 10);
        }
    }

    @Test
    void refusalsHaveTheStatusThatTheHookGives() {
        Map<String, Integer> statuses =
                Map.of(
                        "409", 409, "499", 499, "500", 400, "200", 400, "\"409\"", 400, "4.5e2",
                        450);
        statuses.forEach((given, status) -> {
            hooks.answers(200, "{\"error\":{\"http_code\":" + given + ",\"message\":\"No\"}}");
            try (RunningAuth auth = auth(hooks.setting(NEWCOMERS))) {
                assertError(auth.signUp("status@example.com"), status, "validation_failed");
            }
        });
    }

    @Test
    void aRefusalMayComeAsAnErrorOfHttp() {
        hooks.answers(400, "{\"error\":{\"http_code\":422,\"message\":\"Other domains only\"}}");
        try (RunningAuth auth = auth(hooks.setting(NEWCOMERS))) {
            Answer answer = auth.signUp("http@example.com");
            assertError(answer, 422, "validation_failed");
            assertThat(answer.text("message")).isEqualTo("Other domains only");
        }
        hooks.answers(400, "{\"message\":\"secret of another server\"}");
        try (RunningAuth auth = auth(hooks.setting(NEWCOMERS))) {
            Answer answer = auth.signUp("http@example.com");
            assertError(answer, 400, "validation_failed");
            assertThat(answer.text("message")).isEqualTo("Unexpected status code of the hook: 400");
        }
    }

    @Test
    void oneThatIsBusyIsAskedAgainWhenItSays() {
        AtomicInteger calls = new AtomicInteger();
        hooks.answers(payload ->
                calls.incrementAndGet() == 1
                        ? new Said(429, "", Map.of("Retry-After", "1"))
                        : echo(payload));
        try (RunningAuth auth = auth(hooks.setting(NEWCOMERS))) {
            long before = System.nanoTime();
            assertThat(auth.signUp("busy@example.com").status()).isEqualTo(200);
            assertThat(Duration.ofNanos(System.nanoTime() - before))
                    .isGreaterThanOrEqualTo(Duration.ofSeconds(1));
            assertThat(calls).hasValue(2);
        }
        hooks.answers(_ -> new Said(503, "", Map.of("Retry-After", "60")));
        try (RunningAuth auth = auth(hooks.setting(NEWCOMERS))) {
            int told = hooks.told().size();
            assertError(auth.signUp("busier@example.com"), 422, "hook_timeout_after_retry");
            assertThat(hooks.told()).hasSize(told + 1);
        }
    }

    /// Headers in time, and then nothing.
    @Test
    void aBodyThatDripsHasNoMoreTimeThanOthers() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            Thread.startVirtualThread(() -> drip(socket));
            try (RunningAuth auth =
                    auth(
                            "auth.hooks.before-user-created=http://127.0.0.1:"
                                    + socket.getLocalPort(),
                            "auth.hooks.webhook-timeout=1s")) {
                long before = System.nanoTime();
                assertError(auth.signUp("drips@example.com"), 422, "hook_timeout");
                assertThat(Duration.ofNanos(System.nanoTime() - before))
                        .isLessThan(Duration.ofSeconds(10));
            }
        }
    }

    /// Whoever signs up with a code alone is new too.
    @Test
    void newcomersByCodeAreAskedFor() {
        hooks.answers(200, "{\"error\":{\"http_code\":403,\"message\":\"Members only\"}}");
        try (RunningAuth auth = auth(hooks.setting(NEWCOMERS), "auth.sms.provider=inbox")) {
            for (String body :
                    List.of("{\"email\":\"code@example.com\"}", "{\"phone\":\"+15550007777\"}")) {
                Answer answer = auth.call("POST", "/otp", "", body);
                assertError(answer, 403, "validation_failed");
                assertThat(answer.text("message")).isEqualTo("Members only");
            }
            assertThat(accounts("code@example.com")).isEqualTo("0");
        }
    }

    @Test
    void noTokenIsMadeToLookLikeAClients() {
        hooks.answers(payload ->
                new Said(200, with(payload, "client_id", "00000000-0000-0000-0000-000000000001")));
        try (RunningAuth auth = auth(hooks.setting(CLAIMS))) {
            Answer answer = auth.signUp("client@example.com");
            assertError(answer, 400, "validation_failed");
            assertThat(answer.text("message"))
                    .isEqualTo("The hook of access tokens may not change the claim client_id");
        }
        for (String name : List.of("sub", "exp", "iat", "session_id", "iss")) {
            hooks.answers(payload -> new Said(200, with(payload, name, "another")));
            try (RunningAuth auth = auth(hooks.setting(CLAIMS))) {
                assertError(auth.signUp("fixed@example.com"), 400, "validation_failed");
            }
        }
        assertThat(accounts("fixed@example.com")).isEqualTo("0");
    }

    private static void drip(ServerSocket socket) {
        while (!socket.isClosed()) {
            try (Socket client = socket.accept()) {
                client.getOutputStream()
                        .write(
                                ("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
                                                + "Content-Length: 1000\r\n\r\n{")
                                        .getBytes(StandardCharsets.US_ASCII));
                client.getOutputStream().flush();
                Thread.sleep(Duration.ofSeconds(20));
            } catch (IOException _) {
                // The client went away, or the test is over.
            } catch (InterruptedException _) {
                return;
            }
        }
    }

    /// Back as it came.
    private static Said echo(JsonObject payload) {
        return new Said(200, Json.write(payload));
    }

    private static String with(JsonObject payload, String name, String value) {
        JsonObjectBuilder claims = new JsonObjectBuilder();
        payload.findObject("claims").orElseThrow().members().forEach(claims::put);
        return Json.write(
                new JsonObjectBuilder().put("claims", claims.put(name, value).build()).build());
    }

    private static void plan(String email, String plan) {
        database.execute(
                "update auth.users set raw_app_meta_data = raw_app_meta_data || '{\"plan\":\""
                        + plan
                        + "\"}' where email = '"
                        + email
                        + "'");
    }

    private static String openTransactions() {
        return String.valueOf(
                database.ask(
                        "select count(*) from pg_stat_activity where datname = current_database()"
                                + " and usename = 'supabase_auth_admin'"
                                + " and state like 'idle in transaction%'"));
    }

    private static String accounts(String email) {
        return String.valueOf(
                database.ask("select count(*) from auth.users where email = '" + email + "'"));
    }

    private static RunningAuth auth(String... more) {
        List<String> settings = new ArrayList<>(List.of(more));
        settings.add(HookServer.secrets());
        return new RunningAuth(vertx, database, settings.toArray(String[]::new));
    }
}
