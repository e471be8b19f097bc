package dev.ashlar.face.authapi;

import dev.ashlar.auth.AuthConfig;
import dev.ashlar.auth.AuthDomain;
import dev.ashlar.auth.token.ApiKeys;
import dev.ashlar.auth.token.TokenKeys;
import dev.ashlar.auth.token.TokenVerifier;
import dev.ashlar.backend.postgres.PostgresConfig;
import dev.ashlar.backend.postgres.PostgresDatabase;
import dev.ashlar.config.Binder;
import dev.ashlar.config.ConfigSources;
import dev.ashlar.config.Secret;
import dev.ashlar.http.BlockingCalls;
import dev.ashlar.http.HttpHandler;
import dev.ashlar.http.HttpResponse;
import dev.ashlar.http.Router;
import dev.ashlar.json.Json;
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

        JsonObject object(String name) {
            return body.findObject(name)
                    .orElseThrow(() -> new AssertionError("no " + name + " in " + body));
        }
    }

    /// `settings` such as `auth.autoconfirm=false`; limits are out of the way unless set.
    RunningAuth(Vertx vertx, DatabaseForTests on, String... settings) {
        Sections sections = sections(settings);
        database = PostgresDatabase.open(vertx, on.authAdmin(), sections.database());
        domain = AuthDomain.create(sections.auth(), SECRET, database, this::now);
        TokenVerifier verifier =
                new TokenVerifier(
                        TokenKeys.of(SECRET),
                        sections.auth().tokenRules(),
                        sections.auth().tokenCacheSize(),
                        this::now);
        HttpHandler api = new AuthApi(domain, verifier, "0.0.0").handler(new BlockingCalls(1_000));
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
            JsonObject body = text.isEmpty() ? JsonObject.EMPTY : (JsonObject) Json.parse(text);
            return new Answer(response.status(), headers, body);
        } catch (ExecutionException
                | TimeoutException
                | InterruptedException
                | MalformedJsonException e) {
            throw new AssertionError(e);
        }
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
