package dev.ashlar.face.authapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.auth.AuthDomain;
import dev.ashlar.auth.config.AuthConfig;
import dev.ashlar.auth.config.Place;
import dev.ashlar.auth.message.Inbox.Received;
import dev.ashlar.auth.token.ApiKeys;
import dev.ashlar.auth.token.TokenVerifier;
import dev.ashlar.backend.postgres.PostgresConfig;
import dev.ashlar.backend.postgres.PostgresDatabase;
import dev.ashlar.backend.sql.SqlDatabase;
import dev.ashlar.config.Binder;
import dev.ashlar.config.ConfigSources;
import dev.ashlar.config.Secret;
import dev.ashlar.http.BlockingCalls;
import dev.ashlar.http.HttpHandler;
import dev.ashlar.http.HttpResponse;
import dev.ashlar.http.Router;
import dev.ashlar.json.Json;
import dev.ashlar.json.JsonObjectBuilder;
import dev.ashlar.json.JsonValue;
import dev.ashlar.json.JsonValue.JsonObject;
import dev.ashlar.json.MalformedJsonException;
import dev.ashlar.testing.DatabaseForTests;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The whole sign-in API over a real database, without sockets; its clock can be moved.
final class RunningAuth implements AutoCloseable {
    static final Secret SECRET = new Secret("a-secret-for-tests-with-more-than-32-bytes");
    private static final String PREFIX = "/auth/v1";

    private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);
    private final PostgresDatabase database;
    private final AuthDomain domain;
    private final HttpHandler router;

    record Sections(AuthConfig auth, PostgresConfig database) {}

    record Answer(int status, Map<String, String> headers, JsonObject body) {
        String text(String name) {
            return body.findText(name)
                    .orElseThrow(() -> new AssertionError("no " + name + " in " + body));
        }

        /// Where a redirect leads that nobody may keep.
        String location() {
            assertThat(status).isEqualTo(303);
            assertThat(headers)
                    .containsEntry("Cache-Control", "no-store")
                    .containsEntry("Referrer-Policy", "no-referrer");
            return String.valueOf(headers.get("Location"));
        }

        JsonObject object(String name) {
            return body.findObject(name)
                    .orElseThrow(() -> new AssertionError("no " + name + " in " + body));
        }
    }

    /// `settings` such as `auth.autoconfirm=false`; limits are out of the way unless set.
    RunningAuth(Vertx vertx, DatabaseForTests on, String... settings) {
        Sections sections = sections(settings);
        database = PostgresDatabase.open(vertx, on.authAdmin(), sections.database());
        domain =
                AuthDomain.create(
                        sections.auth(),
                        new Place("http://localhost:8000/auth/v1", Place.Reach.THIS_MACHINE),
                        SECRET,
                        database,
                        this::now);
        TokenVerifier verifier =
                domain.following(
                        new TokenVerifier(
                                domain.keys().keys(),
                                sections.auth().tokenRules(),
                                sections.auth().tokenCacheSize(),
                                this::now));
        HttpHandler api =
                new AuthApi(domain, verifier, List.of("https://app.example.com"), "0.0.0")
                        .handler(new BlockingCalls(1_000));
        router = Router.builder().mount(PREFIX, api, AuthApi.RENDERER).build();
    }

    Instant now() {
        return Instant.now().plus(ahead.get());
    }

    void pass(Duration time) {
        ahead.updateAndGet(before -> before.plus(time));
    }

    String serviceKey() {
        return ApiKeys.derive(SECRET, now()).serviceRole().reveal();
    }

    String anonKey() {
        return ApiKeys.derive(SECRET, now()).anon();
    }

    Answer verify(String type, String email, String code) {
        return call(
                "POST",
                "/verify",
                "",
                "{\"type\":\"%s\",\"email\":\"%s\",\"token\":\"%s\"}".formatted(type, email, code));
    }

    /// The session of somebody new, whose address was confirmed by the code in the mail.
    Answer confirmed(String email) {
        signUp(email);
        return verify("signup", email, code(message(email)));
    }

    /// What was sent last to the address, as the inbox of development has it.
    Received message(String to) {
        return messages(to).stream()
                .findFirst()
                .orElseThrow(() -> new AssertionError("nothing was sent to " + to));
    }

    List<Received> messages(String to) {
        return domain.messages().findInbox().orElseThrow().messages().stream()
                .filter(message -> message.to().equals(to))
                .toList();
    }

    /// What is sent when `before` messages have been: some leave after the answer.
    Received messageAfter(int before, String to) {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (messages(to).size() <= before) {
            assertThat(System.nanoTime()).as("sent in time to " + to).isLessThan(end);
            Thread.onSpinWait();
        }
        return message(to);
    }

    /// The digits in it.
    static String code(Received message) {
        Matcher digits = Pattern.compile("(?:: | is )(\\d{6,10})\\b").matcher(message.text());
        assertThat(digits.find()).as(message.text()).isTrue();
        return digits.group(1);
    }

    /// The path and query of the link in it, below the mount.
    static String link(Received message) {
        Matcher url =
                Pattern.compile("http://localhost:8000/auth/v1(/\\S+)").matcher(message.text());
        assertThat(url.find()).as(message.text()).isTrue();
        return url.group(1);
    }

    SqlDatabase database() {
        return database;
    }

    AuthDomain domain() {
        return domain;
    }

    /// In the form of the current client. `token` may be empty.
    Answer call(String method, String path, String token, String body) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("X-Supabase-Api-Version", "2024-01-01");
        headers.put("User-Agent", "test");
        if (!token.isEmpty()) {
            headers.put("Authorization", "Bearer " + token);
        }
        return call(new SentRequest(method, PREFIX + path, headers, body));
    }

    Answer call(SentRequest request) {
        try {
            HttpResponse response =
                    router.handle(request)
                            .toCompletionStage()
                            .toCompletableFuture()
                            .get(30, TimeUnit.SECONDS);
            Map<String, String> headers = new LinkedHashMap<>();
            response.headers().forEach(header -> headers.put(header.name(), header.value()));
            String text = response.body().toString();
            JsonObject body =
                    text.startsWith("{") || text.startsWith("[")
                            ? objectOf(Json.parse(text))
                            : JsonObject.EMPTY;
            return new Answer(response.status(), headers, body);
        } catch (ExecutionException
                | TimeoutException
                | InterruptedException
                | MalformedJsonException e) {
            throw new AssertionError(e);
        }
    }

    /// A list stands as the member `items`.
    private static JsonObject objectOf(JsonValue value) {
        return value instanceof JsonObject object
                ? object
                : new JsonObjectBuilder().put("items", value).build();
    }

    Answer signUp(String email) {
        return call("POST", "/signup", "", credentials(email, "correct horse"));
    }

    Answer signIn(String email, String password) {
        return call("POST", "/token?grant_type=password", "", credentials(email, password));
    }

    Answer refresh(String token) {
        return call(
                "POST",
                "/token?grant_type=refresh_token",
                "",
                "{\"refresh_token\":\"" + token + "\"}");
    }

    static String credentials(String email, String password) {
        return "{\"email\":\"" + email + "\",\"password\":\"" + password + "\"}";
    }

    @Override
    public void close() {
        domain.close();
        database.close();
    }

    private static Sections sections(String... settings) {
        Map<String, String> flags = new LinkedHashMap<>();
        for (String limit : List.of("sign-ins", "account-sign-ins", "sign-ups", "refreshes")) {
            flags.put("auth." + limit + "-per-minute", "100000");
        }
        // A bucket that one test has emptied would stop the next.
        flags.put("auth.limits.shared", "false");
        for (String setting : settings) {
            int equals = setting.indexOf('=');
            flags.put(setting.substring(0, equals), setting.substring(equals + 1));
        }
        Path here = Path.of("").toAbsolutePath();
        return Binder.bind(
                        Sections.class,
                        new ConfigSources(
                                flags,
                                Map.of(),
                                Optional.empty(),
                                Map.of(),
                                Set.of(),
                                new ConfigSources.Folders(here, here)))
                .config();
    }
}
