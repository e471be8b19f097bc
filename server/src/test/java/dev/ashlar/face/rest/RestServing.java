package dev.ashlar.face.rest;

import dev.ashlar.backend.postgres.PostgresBackend;
import dev.ashlar.backend.postgres.PostgresConfig;
import dev.ashlar.backend.postgres.catalog.CatalogLoader;
import dev.ashlar.config.ByteSize;
import dev.ashlar.engine.Engine;
import dev.ashlar.http.HttpRequest;
import dev.ashlar.http.HttpResponse;
import dev.ashlar.http.Router;
import dev.ashlar.identity.Caller;
import dev.ashlar.identity.Claims;
import dev.ashlar.identity.Role;
import dev.ashlar.json.Json;
import dev.ashlar.json.JsonObjectBuilder;
import dev.ashlar.testing.DatabaseForTests;
import dev.ashlar.testing.PostgresForTests;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The data API from router to database, on the library of `library.sql`; only the socket is
/// missing.
final class RestServing implements AutoCloseable {
    private static final String CALLER = "X-Test-Caller";
    private static final List<String> SCHEMAS = List.of("public");

    private final Vertx vertx = Vertx.vertx();
    private final DatabaseForTests database = PostgresForTests.fresh();
    private final String rows;
    private final PostgresBackend backend;
    private final Router router;

    RestServing(long maxRows) {
        this(config(SCHEMAS, maxRows, true));
    }

    RestServing(RestConfig config) {
        this(resource("library.sql"), resource("rows.sql"), config);
    }

    /// On other tables; `rows` puts the rows back.
    RestServing(String tables, String rows, long maxRows) {
        this(tables, rows, config(SCHEMAS, maxRows, true));
    }

    private RestServing(String tables, String rows, RestConfig config) {
        this.rows = rows;
        database.execute(tables);
        reset();
        backend = PostgresBackend.open(vertx, database.authenticator(), config());
        backend.use(new CatalogLoader(database.authenticator(), SCHEMAS).load());
        RestFace face =
                new RestFace(config, new Engine(backend, config.planRules()), RestServing::caller);
        router = Router.builder().mount(SentRequest.MOUNT, face, new RestProblems()).build();
    }

    /// Puts the rows back to what they were at the start.
    void reset() {
        database.execute(rows);
    }

    /// Changes the schema, and serves what it is then.
    void migrate(String sql) {
        database.execute(sql);
        backend.use(new CatalogLoader(database.authenticator(), SCHEMAS).load());
    }

    HttpResponse answer(String caller, SentRequest request) {
        return router.handle(request.with(CALLER, caller))
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(20, TimeUnit.SECONDS)
                .join();
    }

    /// What is answered on an event loop, and whether that was there before the loop could go on.
    record OnLoop(HttpResponse response, boolean atOnce) {}

    OnLoop answerOnLoop(String caller, SentRequest request) {
        CompletableFuture<OnLoop> answer = new CompletableFuture<>();
        vertx.getOrCreateContext()
                .runOnContext(_ -> {
                    Future<HttpResponse> handled = router.handle(request.with(CALLER, caller));
                    boolean atOnce = handled.isComplete();
                    handled.onSuccess(response -> answer.complete(new OnLoop(response, atOnce)))
                            .onFailure(answer::completeExceptionally);
                });
        return answer.orTimeout(20, TimeUnit.SECONDS).join();
    }

    @Override
    public void close() {
        backend.close().toCompletionStage().toCompletableFuture().join();
        vertx.close().toCompletionStage().toCompletableFuture().join();
        database.drop();
    }

    private static Caller caller(HttpRequest request) {
        return switch (request.findHeader(CALLER).orElse("anon")) {
            case "alice" -> bearer(Role.AUTHENTICATED, "00000000-0000-0000-0000-00000000000a");
            case "bob" -> bearer(Role.AUTHENTICATED, "00000000-0000-0000-0000-00000000000b");
            case "service" -> bearer(Role.SERVICE, null);
            default -> new Caller.Anonymous(Role.ANON, claims(Role.ANON, null));
        };
    }

    private static Caller bearer(Role role, @Nullable String subject) {
        return new Caller.Bearer(role, claims(role, subject));
    }

    private static Claims claims(Role role, @Nullable String subject) {
        var claims =
                new JsonObjectBuilder()
                        .put("role", role.name())
                        .putIfPresent("sub", subject)
                        .build();
        return new Claims(Json.write(claims), claims);
    }

    private static PostgresConfig config() {
        return new PostgresConfig(
                Optional.empty(),
                4,
                2,
                4,
                2,
                Duration.ofSeconds(10),
                Duration.ofMinutes(10),
                Duration.ofMinutes(30),
                Duration.ofSeconds(5),
                Duration.ofSeconds(10),
                Duration.ofSeconds(10),
                new ByteSize(1 << 20),
                SCHEMAS,
                true,
                32);
    }

    private static String resource(String name) {
        try (var in = RestServing.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("no resource " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Nothing but schemas and a bound of rows, all else as by default.
    static RestConfig config(List<String> schemas, long maxRows) {
        return config(schemas, maxRows, false);
    }

    private static RestConfig config(List<String> schemas, long maxRows, boolean plan) {
        return new RestConfig(
                schemas,
                maxRows,
                true,
                Optional.empty(),
                RestConfig.TxEnd.COMMIT,
                plan,
                false,
                true,
                ExplainAccess.SERVICE,
                RestConfig.Verbosity.VERBOSE,
                RestConfig.TargetNames.LEGACY,
                OpenApiConfig.DEFAULT);
    }
}
