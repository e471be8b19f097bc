package dev.ashlar.app;

import dev.ashlar.app.postgrest.PostgrestSettings;
import dev.ashlar.auth.token.TokenMemory;
import dev.ashlar.catalog.Catalog;
import dev.ashlar.http.HttpConfig;
import dev.ashlar.http.HttpServer;
import dev.ashlar.http.Load;
import dev.ashlar.http.Router;
import dev.ashlar.observe.Log;
import dev.ashlar.observe.Logging;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The data API alone, at the root, on a PostgreSQL of the user's in which nothing is created: what
/// PostgREST is, from its own configuration. Starts also while the database is away, and answers
/// 503 until it is there.
public final class DataApi implements AutoCloseable {
    private static final Log LOG = Log.of(DataApi.class);

    /// How long the first catalog may take before the port opens without it.
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final ClosingOrder closing;
    private final DataRuns runs;
    private final CatalogReload reload;
    private final CountDownLatch down;
    private final HttpServer server;
    private final @Nullable HttpServer admin;

    private DataApi(
            ClosingOrder closing,
            DataRuns runs,
            CatalogReload reload,
            CountDownLatch down,
            HttpServer server,
            @Nullable HttpServer admin) {
        this.closing = closing;
        this.runs = runs;
        this.reload = reload;
        this.down = down;
        this.server = server;
        this.admin = admin;
    }

    /// Blocks until requests are answered. `source` is asked again when the settings are to be read
    /// anew. Throws a [StartFailure] when they cannot be used.
    public static DataApi start(Supplier<PostgrestSettings> source, Project project) {
        ClosingOrder closing = new ClosingOrder();
        boolean done = false;
        try {
            DataApi api = start(source, project, closing);
            done = true;
            return api;
        } catch (IllegalArgumentException e) {
            throw new StartFailure(
                    "The configuration cannot be used: " + e.getMessage(),
                    "PostgREST's documentation describes each setting.",
                    e);
        } finally {
            if (!done) {
                closing.close();
            }
        }
    }

    /// With settings that stay as they are, but for those in the database.
    public static DataApi start(PostgrestSettings settings, Project project) {
        return start(() -> settings, project);
    }

    private static DataApi start(
            Supplier<PostgrestSettings> source, Project project, ClosingOrder closing) {
        PostgrestSettings given = source.get().checked();
        Logging logging = log(given, project, closing);
        DataRuns.Settings read = DataRuns.Settings.read(given);
        PostgrestSettings settings = read.all();
        Config config = DataRun.config(settings.flags(), project);
        ListenPort.requireFree(config.http());
        @Nullable HttpConfig admin =
                settings.adminFlags()
                        .map(flags -> DataRun.config(flags, project).http())
                        .orElse(null);
        if (admin != null) {
            ListenPort.requireFree(admin);
        }
        Vertx vertx =
                closing.add(
                        "event loops",
                        Vertx.vertx(HttpServer.vertxOptions(config.http())),
                        open -> App.await(open.close()));
        AtomicReference<Consumer<DataRun>> changed = new AtomicReference<>(_ -> {});
        DataRuns runs =
                closing.add(
                        "data connections",
                        DataRuns.open(
                                source,
                                read,
                                new DataRun.Lasting(project, vertx, new TokenMemory.Figures()),
                                run -> changed.get().accept(run)),
                        DataRuns::close);
        LOG.info(
                "Connection Pool initialized with a maximum size of {} connections",
                settings.value("db-pool"));
        CatalogReload reload =
                closing.add(
                        "catalog",
                        CatalogReload.startSoon(runs::load, DataApi::tell),
                        CatalogReload::close);
        runs.awaitFirst(PATIENCE);
        requireDatabase(runs);
        CountDownLatch down = new CountDownLatch(1);
        CatalogChannel channel =
                closing.add(
                        "catalog listener",
                        channel(vertx, runs, reload, down),
                        CatalogChannel::close);
        changed.set(run -> {
            Config present = DataRun.config(run.settings().flags(), project);
            logging.use(present.log());
            channel.use(run.settings(), present);
        });
        channel.use(runs.present().settings(), config);
        HttpServer server =
                App.await(
                        HttpServer.start(
                                vertx, config.http(), router(runs, config), logging.accessLog()));
        closing.add("HTTP", server, open -> App.await(open.drain()));
        LOG.info("API server listening on {}", place(config.http(), server));
        return new DataApi(
                closing,
                runs,
                reload,
                down,
                server,
                admin == null
                        ? null
                        : administer(admin, config.http(), vertx, runs, server, closing));
    }

    /// What is logged is not for the database to say.
    private static Logging log(PostgrestSettings given, Project project, ClosingOrder closing) {
        Config config = DataRun.config(given.flags(), project);
        Logging logging = closing.add("log", Logging.start(config.log()), Logging::close);
        LOG.info("Starting Ashlar {}...", Version.current());
        return logging;
    }

    private static CatalogChannel channel(
            Vertx vertx, DataRuns runs, CatalogReload reload, CountDownLatch down) {
        return new CatalogChannel(
                vertx,
                reload::request,
                () -> {
                    runs.settingsChanged();
                    reload.request();
                },
                () -> lost(runs, reload, down));
    }

    private static String place(HttpConfig config, HttpServer server) {
        if (config.onSocketFile()) {
            return config.host();
        }
        String host = config.host().contains(":") ? "[" + config.host() + "]" : config.host();
        return host + ":" + server.port();
    }

    /// Whoever does not want to wait for the database learns at once that it is not there.
    private static void requireDatabase(DataRuns runs) {
        if (runs.figures().loads() == 0 && !recovers(runs)) {
            throw new StartFailure(
                    "The database cannot be used, and db-pool-automatic-recovery is off.",
                    "Start it first, or let the server wait for it.");
        }
    }

    private static boolean recovers(DataRuns runs) {
        return runs.present().settings().flag("db-pool-automatic-recovery");
    }

    /// Another host may serve now, when there are several. Called at the loss and after each
    /// failure to connect again: one that does not serve yet may do so later.
    private static void lost(DataRuns runs, CatalogReload reload, CountDownLatch down) {
        if (!recovers(runs)) {
            if (down.getCount() > 0) {
                LOG.error("The database was lost, and db-pool-automatic-recovery is off");
            }
            down.countDown();
        } else if (runs.present().settings().databaseUris().size() > 1) {
            runs.settingsChanged();
            reload.request();
        }
    }

    private static void tell(Catalog loaded) {
        LOG.info("Schema cache loaded {}", CatalogFigures.summary(loaded));
    }

    private static Router router(DataRuns runs, Config config) {
        Load load = new Load(config.http().load());
        return Router.builder()
                .mount(
                        "/",
                        load.limiting(request -> runs.present().face().handle(request)),
                        (problem, request) -> runs.present().problems().render(problem, request),
                        (request, next) -> runs.present().filter(request, next))
                .build();
    }

    private static HttpServer administer(
            HttpConfig admin,
            HttpConfig data,
            Vertx vertx,
            DataRuns runs,
            HttpServer server,
            ClosingOrder closing) {
        AdminEndpoints endpoints = new AdminEndpoints(runs, vertx, data.host(), server.port());
        HttpServer started = App.await(HttpServer.start(vertx, admin, endpoints.router()));
        LOG.info("Admin server listening on {}", place(admin, started));
        return closing.add("admin", started, open -> App.await(open.drain()));
    }

    /// The port in use, also when any free one was asked for.
    public int port() {
        return server.port();
    }

    /// The port of the operator's endpoints, when they were asked for.
    public OptionalInt adminPort() {
        return admin == null ? OptionalInt.empty() : OptionalInt.of(admin.port());
    }

    /// Reads the schema anew, soon; until then the present catalog serves.
    public void reloadCatalog() {
        reload.request();
    }

    /// Reads the settings anew, soon, and the schema with them.
    public void reloadSettings() {
        runs.settingsChanged();
        reload.request();
    }

    /// Called when the server cannot go on without its database; then it is to be closed.
    public void whenDown(Runnable then) {
        Thread.ofVirtual()
                .start(() -> {
                    try {
                        down.await();
                        then.run();
                    } catch (InterruptedException _) {
                        Thread.currentThread().interrupt();
                    }
                });
    }

    /// Whether it stopped because its database was lost.
    public boolean isDown() {
        return down.getCount() == 0;
    }

    @Override
    public void close() {
        closing.close();
    }
}
