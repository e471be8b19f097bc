package dev.ashlar.app;

import dev.ashlar.auth.AuthDomain;
import dev.ashlar.auth.config.Place;
import dev.ashlar.auth.token.CallerResolver;
import dev.ashlar.auth.token.TokenVerifier;
import dev.ashlar.backend.postgres.CatalogListener;
import dev.ashlar.backend.postgres.CatalogSignal;
import dev.ashlar.backend.postgres.PostgresBackend;
import dev.ashlar.backend.postgres.PostgresDatabase;
import dev.ashlar.backend.sql.SqlDatabase;
import dev.ashlar.catalog.Catalog;
import dev.ashlar.engine.Engine;
import dev.ashlar.face.authapi.AuthApi;
import dev.ashlar.face.rest.RestFace;
import dev.ashlar.face.rest.RestProblems;
import dev.ashlar.http.BlockingCalls;
import dev.ashlar.http.HttpConfig;
import dev.ashlar.http.HttpServer;
import dev.ashlar.http.tls.ServerCertificate;
import dev.ashlar.http.tls.TlsConfig;
import dev.ashlar.http.tls.TlsOptions;
import dev.ashlar.http.tls.UnusableCertificate;
import dev.ashlar.identity.Role;
import dev.ashlar.observe.Log;
import dev.ashlar.observe.Logging;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/// A running server: every part made by plain constructor calls, in the order in which they need
/// each other, and ended in the reverse one. Programs that embed Ashlar start it here.
public final class App implements AutoCloseable {
    private static final Log LOG = Log.of(App.class);

    private final Config config;
    private final SigningKeys keys;
    private final ClosingOrder closing;
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final CatalogReload catalog;
    private final AuthDomain auth;
    private final HttpServer server;

    private App(
            Config config,
            SigningKeys keys,
            ClosingOrder closing,
            CatalogReload catalog,
            AuthDomain auth,
            HttpServer server) {
        this.config = config;
        this.keys = keys;
        this.closing = closing;
        this.catalog = catalog;
        this.auth = auth;
        this.server = server;
    }

    /// Brings everything up and returns when requests are answered. Blocks. What was started is
    /// stopped again when a later step fails. `progress` gets a line for each step that takes time.
    public static App start(Config config, Site site, Consumer<String> progress) {
        ListenPort.requireFree(config.http());
        requireCertificate(config.http().tls());
        ClosingOrder closing = new ClosingOrder();
        boolean done = false;
        try {
            Logging logging = closing.add("log", Logging.start(config.log()), Logging::close);
            App app = start(config, site, progress, logging, closing);
            done = true;
            return app;
        } finally {
            if (!done) {
                closing.close();
            }
        }
    }

    /// Before the database is started, which takes longer than to find out.
    private static void requireCertificate(TlsConfig tls) {
        try {
            if (tls.isOn()) {
                ServerCertificate.load(tls);
                TlsOptions.engineName(tls);
            }
        } catch (UnusableCertificate e) {
            throw new StartFailure(String.valueOf(e.getMessage()), e.advice(), e);
        }
    }

    private static App start(
            Config config,
            Site site,
            Consumer<String> progress,
            Logging logging,
            ClosingOrder closing) {
        SigningKeys keys = SigningKeys.of(config);
        Vertx vertx;
        Database database;
        try (Beside<Vertx> loops = Beside.start("event loops", () -> eventLoops(config, closing))) {
            database = Database.open(config, site.migrations(), progress);
            closing.add("database", database, Database::stop);
            vertx = loops.result();
        }
        migrate(config, database, progress);
        ExposureWatch exposure =
                closing.add(
                        "exposure", ExposureWatch.of(config, site, database), ExposureWatch::close);
        exposure.beforeListening();
        PostgresBackend backend =
                closing.add(
                        "data connections",
                        PostgresBackend.open(vertx, database.data(), config.database()),
                        open -> await(open.close()));
        CatalogReload catalog;
        AuthDomain auth;
        try (Beside<AuthDomain> signIn =
                Beside.start("sign-in", () -> openAuth(config, keys, vertx, database, closing))) {
            catalog = openCatalog(config, vertx, database, backend, exposure, closing);
            auth = signIn.result();
        }
        TokenVerifier verifier = verifier(config, auth);
        CallerResolver callers =
                new CallerResolver(
                        verifier, new Role(config.auth().anonRole()), auth.revocations()::covers);
        BlockingCalls blocking = new BlockingCalls(config.http().maxBlocking());
        AuthApi authApi =
                new AuthApi(auth, verifier, config.http().corsOrigins(), Version.current());
        Doors doors =
                new Doors(
                        authApi.byCookie(
                                rest(
                                        config,
                                        backend,
                                        callers,
                                        Explanations.of(config, database, blocking)),
                                blocking),
                        new RestProblems(config.rest().errorVerbosity()),
                        authApi.handler(blocking),
                        authApi.discovery(),
                        backend::ready);
        HttpServer server =
                await(
                        HttpServer.start(
                                vertx,
                                config.http(),
                                doors.router(config.http(), site, keys.apiKeys(), blocking),
                                logging.accessLog()));
        closing.add("HTTP", server, open -> await(open.drain()));
        doors.drainingWhen(server::draining);
        exposure.start();
        return new App(config, keys, closing, catalog, auth, server);
    }

    private static Vertx eventLoops(Config config, ClosingOrder closing) {
        return closing.add(
                "event loops",
                Vertx.vertx(HttpServer.vertxOptions(config.http())),
                open -> await(open.close()));
    }

    private static CatalogReload openCatalog(
            Config config,
            Vertx vertx,
            Database database,
            PostgresBackend backend,
            ExposureWatch exposure,
            ClosingOrder closing) {
        CatalogReload catalog =
                closing.add(
                        "catalog",
                        CatalogReload.start(
                                database.catalogLoader(config)::load,
                                read -> use(read, backend, exposure)),
                        CatalogReload::close);
        closing.add(
                "catalog listener",
                CatalogListener.start(
                        vertx, database.data(), config.database(), signal -> on(signal, catalog)),
                listener -> await(listener.stop()));
        return catalog;
    }

    private static void use(Catalog read, PostgresBackend backend, ExposureWatch exposure) {
        backend.use(read);
        exposure.request();
    }

    private static RestFace rest(
            Config config,
            PostgresBackend backend,
            CallerResolver callers,
            Explanations explanations) {
        return new RestFace(
                config.rest(),
                new Engine(backend, config.rest().planRules()),
                request ->
                        callers.resolve(
                                request.findHeader("Authorization"), request.findHeader("apikey")),
                Optional.of(explanations));
    }

    private static AuthDomain signIn(Config config, SigningKeys keys, SqlDatabase accounts) {
        return AuthDomain.create(
                config.auth(),
                place(config.http()),
                keys.jwtSecret(),
                accounts,
                InstantSource.system());
    }

    private static Place place(HttpConfig http) {
        boolean here = Set.of("127.0.0.1", "localhost", "::1").contains(http.host());
        return new Place(
                scheme(http) + "://localhost:" + http.port() + "/auth/v1",
                here ? Place.Reach.THIS_MACHINE : Place.Reach.NETWORK);
    }

    private static AuthDomain openAuth(
            Config config, SigningKeys keys, Vertx vertx, Database database, ClosingOrder closing) {
        PostgresDatabase accounts =
                closing.add(
                        "account connections",
                        PostgresDatabase.open(vertx, database.auth(), config.database()),
                        open -> await(open.close()));
        AuthDomain auth = closing.add("sign-in", signIn(config, keys, accounts), AuthDomain::close);

        closing.add(
                "sign-in listener",
                CatalogListener.start(
                        vertx,
                        database.auth(),
                        config.database(),
                        AuthDomain.CHANNEL,
                        signal -> on(signal, auth)),
                listener -> await(listener.stop()));
        return auth;
    }

    private static void migrate(Config config, Database database, Consumer<String> progress) {
        database.migrations()
                .up(config.rest().schemas(), notice -> LOG.info("{}", notice))
                .application()
                .forEach(file -> progress.accept("Applied " + file));
    }

    private static void on(CatalogSignal signal, CatalogReload catalog) {
        switch (signal) {
            case LISTENING, SCHEMA -> catalog.request();
            case CONFIG -> LOG.debug("Settings are read at start only: restart to change them");
            case LOST, UNREACHABLE ->
                    LOG.debug("Nobody listens for changes of the schema at the moment");
        }
    }

    /// Another node changed something that this one remembers. A notification counts once although
    /// it is heard as two signals.
    private static void on(CatalogSignal signal, AuthDomain auth) {
        switch (signal) {
            case LISTENING, SCHEMA -> auth.upkeep().heard();
            case CONFIG, LOST, UNREACHABLE -> {}
        }
    }

    private static TokenVerifier verifier(Config config, AuthDomain auth) {
        return auth.following(
                new TokenVerifier(
                        auth.keys().keys(),
                        config.auth().tokenRules(),
                        config.auth().tokenCacheSize(),
                        InstantSource.system()));
    }

    /// The port in use, also when any free one was asked for.
    public int port() {
        return server.port();
    }

    /// Where it is reached from this machine.
    public String url() {
        String host = config.http().host();
        boolean any = host.equals("0.0.0.0") || host.equals("::") || host.equals("127.0.0.1");
        return scheme(config.http()) + "://" + (any ? "localhost" : host) + ":" + port();
    }

    private static String scheme(HttpConfig http) {
        return http.tls().isOn() ? "https" : "http";
    }

    public SigningKeys keys() {
        return keys;
    }

    /// Where a developer reads what would have been sent, with the key that opens it; empty where
    /// mail is really sent.
    public Optional<String> findInboxUrl() {
        return auth.messages()
                .findInbox()
                .map(inbox -> url() + "/auth/v1/inbox?key=" + inbox.key());
    }

    /// Reads the schema anew, soon; until then the present catalog serves.
    public void reloadCatalog() {
        catalog.request();
    }

    /// Looks soon whether there is a newer certificate for TLS.
    public void reloadCertificate() {
        server.reloadCertificate();
    }

    /// Lets running requests finish, then stops every part. A second call does nothing.
    public void stop() {
        if (stopped.compareAndSet(false, true)) {
            closing.close();
        }
    }

    @Override
    public void close() {
        stop();
    }

    /// For steps of start and stop, which no event loop takes.
    static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage()
                    .toCompletableFuture()
                    .orTimeout(Duration.ofMinutes(1).toMillis(), TimeUnit.MILLISECONDS)
                    .join();
        } catch (CompletionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            if (cause instanceof RuntimeException failure) {
                throw failure;
            }
            String what =
                    cause instanceof TimeoutException
                            ? "A part of the server did not answer within a minute"
                            : cause.getMessage();
            throw new StartFailure(String.valueOf(what), "The log may say more.", cause);
        }
    }
}
