package dev.ashlar.face.authapi;

import static dev.ashlar.face.authapi.AuthIT.assertError;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.ashlar.face.authapi.RunningAuth.Answer;
import dev.ashlar.testing.DatabaseForTests;
import dev.ashlar.testing.PostgresForTests;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Hooks as SQL functions and as webhooks: what they add, what they may not, and how they fail.
class HooksIT {
    private static final byte[] KEY =
            "a-key-of-32-bytes-for-the-hooks!".getBytes(StandardCharsets.UTF_8);
    private static Vertx vertx;
    private static DatabaseForTests database;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
        database = PostgresForTests.fresh();
        function("adds", "jsonb_set(event, '{claims,tenant}', '\"acme\"')");
        function("tells", "jsonb_set(event, '{claims,how}', event->'authentication_method')");
        function("takes", "event #- '{claims,role}'");
        function("impersonates", "jsonb_set(event, '{claims,sub}', '\"somebody\"')");
        function("gives", "jsonb_set(event, '{claims,client_id}', '\"another\"')");
        function("widens", "jsonb_set(event, '{claims,scope}', '\"openid email phone\"')");
        function("nothing", "null::jsonb");
        function("refuses", "'{\"error\":{\"http_code\":403,\"message\":\"Not today\"}}'::jsonb");
        function("large", "jsonb_set(event, '{claims,x}', to_jsonb(repeat('x', 30000)))");
        function("slow", "(select event from pg_sleep(5))");
        function("fails", "(event || jsonb_build_object('x', 1 / 0))");
    }

    @AfterAll
    static void stop() {
        vertx.close();
    }

    @Test
    void aClientsTokenStaysTheClients() {
        try (RunningAuth auth = serving("adds")) {
            OAuthFlow client = OAuthFlow.confidential(auth);
            String person = auth.signUp("served@example.com").text("access_token");
            Answer tokens = client.exchange(client.code(person));
            assertThat(claim(tokens, "tenant")).isEqualTo("acme");
            assertThat(claim(tokens, "client_id")).isEqualTo(client.clientId());
            assertThat(claim(tokens, "scope")).isEqualTo("openid email");
            Answer next = client.refresh(tokens.text("refresh_token"));
            assertThat(claim(next, "client_id")).isEqualTo(client.clientId());
        }
        String person;
        try (RunningAuth plain = serving("adds")) {
            person = plain.signUp("given@example.com").text("access_token");
        }
        for (String hook : List.of("gives", "widens")) {
            try (RunningAuth auth = serving(hook)) {
                OAuthFlow client = OAuthFlow.confidential(auth);
                Answer refused = client.exchange(client.code(person));
                assertThat(refused.status()).as(hook).isEqualTo(400);
                assertThat(refused.body().find("access_token")).isEmpty();
            }
        }
        try (RunningAuth auth = serving("gives")) {
            assertThat(auth.signUp("own@example.com").status()).isEqualTo(400);
        }
    }

    private static RunningAuth serving(String function) {
        return new RunningAuth(
                vertx,
                database,
                "auth.hooks.custom-access-token=pg-functions://postgres/public/" + function,
                "auth.oauth-server.enabled=true");
    }

    @Test
    void aFunctionAddsClaims() {
        try (RunningAuth auth = hooked("adds")) {
            Answer session = auth.signUp("adds@example.com");
            assertThat(claim(session, "tenant")).isEqualTo("acme");
            assertThat(claim(auth.refresh(session.text("refresh_token")), "tenant"))
                    .isEqualTo("acme");
            assertThat(auth.call("GET", "/user", session.text("access_token"), "").status())
                    .isEqualTo(200);
        }
    }

    @Test
    void itIsToldHowTheTokenWasComeBy() {
        try (RunningAuth auth = hooked("tells")) {
            Answer session = auth.signUp("tells@example.com");
            assertThat(claim(session, "how")).isEqualTo("password");
            assertThat(claim(auth.refresh(session.text("refresh_token")), "how"))
                    .isEqualTo("token_refresh");
        }
    }

    /// And nothing of the sign-up stays.
    @Test
    void whatItMayNotDoIsRefused() {
        for (String name : List.of("takes", "impersonates", "nothing", "fails")) {
            try (RunningAuth auth = hooked(name)) {
                Answer answer = auth.signUp(name + "@example.com");
                assertError(answer, 400, "validation_failed");
                assertThat(
                                database.ask(
                                        "select count(*) from auth.users where email = '"
                                                + name
                                                + "@example.com'"))
                        .isEqualTo("0");
            }
        }
        try (RunningAuth auth = hooked("refuses")) {
            Answer answer = auth.signUp("reason@example.com");
            assertError(answer, 403, "validation_failed");
            assertThat(answer.text("message")).isEqualTo("Not today");
        }
        try (RunningAuth auth = hooked("large")) {
            assertError(auth.signUp("large@example.com"), 422, "hook_payload_over_size_limit");
        }
    }

    @Test
    void itHasNotForEver() {
        try (RunningAuth auth = hooked("slow", "auth.hooks.function-timeout=200ms")) {
            assertError(auth.signUp("slow@example.com"), 422, "hook_timeout");
        }
    }

    @Test
    void anAccountIsMadeOnlyIfTheHookAgrees() {
        String before = "auth.hooks.before-user-created=pg-functions://postgres/public/refuses";
        try (RunningAuth auth = new RunningAuth(vertx, database, before)) {
            Answer answer = auth.signUp("before@example.com");
            assertError(answer, 403, "validation_failed");
            assertThat(answer.text("message")).isEqualTo("Not today");
        }
    }

    @Test
    void webhooksAreSignedAndRetriedAndBounded() throws IOException {
        List<String> seen = new CopyOnWriteArrayList<>();
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        List<Integer> busy = new ArrayList<>(List.of(503));
        server.createContext(
                "/adds",
                exchange -> {
                    String body = body(exchange);
                    seen.add(verified(exchange, body));
                    if (!busy.isEmpty()) {
                        answer(exchange, busy.removeFirst(), "text/plain", "");
                        return;
                    }
                    String claims =
                            body.substring(
                                    body.indexOf("{\"iss\""),
                                    body.lastIndexOf("},\"authentication_method\""));
                    answer(
                            exchange,
                            200,
                            "application/json",
                            "{\"claims\":" + claims + ",\"tenant\":\"acme\"}}");
                });
        server.createContext("/text", exchange -> answer(exchange, 200, "text/html", "hello"));
        server.createContext(
                "/large",
                exchange -> answer(exchange, 200, "application/json", "x".repeat(30_000)));
        server.createContext("/busy", exchange -> answer(exchange, 429, "text/plain", ""));
        server.createContext("/broken", exchange -> answer(exchange, 500, "text/plain", ""));
        server.start();
        try {
            try (RunningAuth auth = webhook(server, "adds")) {
                assertThat(claim(auth.signUp("web@example.com"), "tenant")).isEqualTo("acme");
                assertThat(seen).containsExactly("signed", "signed");
            }
            assertRefused(server, "text", 422, "hook_payload_invalid_content_type");
            assertRefused(server, "large", 422, "hook_payload_over_size_limit");
            assertRefused(server, "busy", 422, "hook_timeout_after_retry");
            assertRefused(server, "broken", 400, "validation_failed");
        } finally {
            server.stop(0);
        }
    }

    private static void assertRefused(HttpServer server, String path, int status, String code) {
        try (RunningAuth auth = webhook(server, path)) {
            assertError(auth.signUp(path + "-web@example.com"), status, code);
        }
    }

    private static void function(String name, String result) {
        database.execute(
                "create function public."
                        + name
                        + "(event jsonb) returns jsonb language sql as $$ select "
                        + result
                        + " $$; grant usage on schema public to supabase_auth_admin; grant execute on"
                        + " function public."
                        + name
                        + " to supabase_auth_admin");
    }

    private static RunningAuth hooked(String function, String... more) {
        List<String> settings = new ArrayList<>(List.of(more));
        settings.add("auth.hooks.custom-access-token=pg-functions://postgres/public/" + function);
        return new RunningAuth(vertx, database, settings.toArray(String[]::new));
    }

    private static RunningAuth webhook(HttpServer server, String path) {
        return new RunningAuth(
                vertx,
                database,
                "auth.hooks.custom-access-token=http://127.0.0.1:"
                        + server.getAddress().getPort()
                        + "/"
                        + path,
                "auth.hooks.secrets=v1,whsec_" + Base64.getEncoder().encodeToString(KEY));
    }

    private static String claim(Answer session, String name) {
        return AuthIT.claims(session.text("access_token")).findText(name).orElse("");
    }

    private static String body(HttpExchange exchange) throws IOException {
        return new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static void answer(HttpExchange exchange, int status, String type, String body)
            throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
        exchange.close();
    }

    /// By the text of the Standard Webhooks specification.
    private static String verified(HttpExchange exchange, String body) {
        try {
            String signed =
                    exchange.getRequestHeaders().getFirst("webhook-id")
                            + "."
                            + exchange.getRequestHeaders().getFirst("webhook-timestamp")
                            + "."
                            + body;
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(KEY, "HmacSHA256"));
            String expected =
                    "v1,"
                            + Base64.getEncoder()
                                    .encodeToString(
                                            mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
            return expected.equals(exchange.getRequestHeaders().getFirst("webhook-signature"))
                    ? "signed"
                    : "not signed";
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
