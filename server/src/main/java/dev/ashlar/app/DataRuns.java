package dev.ashlar.app;

import dev.ashlar.app.DataRun.Lasting;
import dev.ashlar.app.postgrest.PostgrestSettings;
import dev.ashlar.auth.token.TokenMemory;
import dev.ashlar.backend.postgres.PostgresAddress;
import dev.ashlar.backend.postgres.PostgresBackend;
import dev.ashlar.backend.postgres.PostgresTls;
import dev.ashlar.backend.postgres.catalog.CatalogLoadException;
import dev.ashlar.backend.postgres.catalog.InDatabaseSettings;
import dev.ashlar.backend.postgres.jdbc.ServerVersion;
import dev.ashlar.catalog.Catalog;
import dev.ashlar.observe.Log;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// The run that serves at present, and how the next one comes: settings and catalog are read on one
/// thread, and the next run takes over when both are there. Requests under way end on the run that
/// they began on.
final class DataRuns {
    private static final Log LOG = Log.of(DataRuns.class);

    /// How long connections of a run that was replaced stay for the requests under way.
    private static final Duration LINGER = Duration.ofSeconds(30);

    private final Supplier<PostgrestSettings> source;
    private final Lasting lasting;
    private final Consumer<DataRun> onChange;
    private final AtomicReference<DataRun> present;
    private final AtomicBoolean stale;
    private final CountDownLatch tried = new CountDownLatch(1);
    private final AtomicBoolean failed = new AtomicBoolean();
    private final CatalogFigures figures = new CatalogFigures();

    /// What the source and the database say together.
    record Settings(PostgrestSettings all, boolean complete) {
        /// Settings kept in the database win over all others; while it is away there are none.
        ///
        /// @throws IllegalArgumentException when a value is not right
        static Settings read(PostgrestSettings source) {
            PostgrestSettings given = HostChoice.settled(source);
            if (!given.flag("db-config")) {
                return new Settings(given.checked(), true);
            }
            PostgresAddress address = PostgresAddress.parse(given.databaseUri());
            PostgresTls.of(address);
            try {
                return new Settings(
                        given.with(InDatabaseSettings.load(address, given.find("db-pre-config")))
                                .checked(),
                        true);
            } catch (CatalogLoadException e) {
                LOG.warn("The settings in the database cannot be read: {}", e.getMessage());
                return new Settings(given.checked(), false);
            }
        }
    }

    private DataRuns(
            Supplier<PostgrestSettings> source,
            Lasting lasting,
            Consumer<DataRun> onChange,
            DataRun first,
            boolean complete) {
        this.source = source;
        this.lasting = lasting;
        this.onChange = onChange;
        this.present = new AtomicReference<>(first);
        this.stale = new AtomicBoolean(!complete);
    }

    /// `settings` are those of the first run; `onChange` is told of each that takes over later.
    static DataRuns open(
            Supplier<PostgrestSettings> source,
            Settings settings,
            Lasting lasting,
            Consumer<DataRun> onChange) {
        DataRun first = DataRun.open(settings.all(), lasting, null);
        return new DataRuns(source, lasting, onChange, first, settings.complete());
    }

    DataRun present() {
        return present.get();
    }

    CatalogFigures figures() {
        return figures;
    }

    TokenMemory.Figures tokens() {
        return lasting.tokens();
    }

    /// The next [#load] reads the settings too.
    void settingsChanged() {
        stale.set(true);
    }

    /// Blocks. Reads what has changed and puts it to use.
    Catalog load() {
        long began = System.nanoTime();
        DataRun before = present.get();
        DataRun run = stale.getAndSet(false) ? renewed(before) : before;
        try {
            Catalog catalog = run.loader().load();
            greet(run);
            run.backend().use(catalog);
            long took = System.nanoTime() - began;
            figures.loaded(took);
            LOG.info(
                    "Schema cache queried in {} milliseconds",
                    String.format(Locale.ROOT, "%.1f", took / 1e6));
            failed.set(false);
            replace(before, run);
            return catalog;
        } catch (CatalogLoadException e) {
            figures.failed();
            failed.set(true);
            LOG.error(
                    "Failed to load the schema cache using db-schemas={} and db-extra-search-path={}: {}",
                    run.settings().value("db-schemas"),
                    run.settings().value("db-extra-search-path"),
                    e.getMessage());
            if (!run.equals(before)) {
                stale.set(true);
                closeUnlessShared(run, before);
            }
            throw e;
        } finally {
            tried.countDown();
        }
    }

    /// Says at the first time, and again after a failure, which server there is.
    private void greet(DataRun run) {
        if (figures.loads() > 0 && !failed.get()) {
            return;
        }
        try {
            LOG.info(
                    "Successfully connected to {}",
                    ServerVersion.full(PostgresAddress.parse(run.settings().databaseUri())));
        } catch (IOException e) {
            LOG.warn("The version of the database cannot be read: {}", e.getMessage());
        }
    }

    /// Settings that cannot be used leave those in use where they are.
    private DataRun renewed(DataRun before) {
        try {
            Settings settings = Settings.read(source.get());
            if (!settings.complete()) {
                stale.set(true);
            }
            DataRun run = DataRun.open(settings.all(), lasting, before);
            LOG.info("Config reloaded");
            return run;
        } catch (IllegalArgumentException | StartFailure e) {
            LOG.error(
                    "The configuration cannot be used; the present one holds on: {}",
                    e.getMessage());
            return before;
        }
    }

    private void replace(DataRun before, DataRun run) {
        if (run.equals(before)) {
            return;
        }
        present.set(run);
        onChange.accept(run);
        if (run.backend() != before.backend()) {
            lasting.vertx().setTimer(LINGER.toMillis(), _ -> before.backend().close());
        }
    }

    private static void closeUnlessShared(DataRun run, DataRun before) {
        if (run.backend() != before.backend()) {
            run.backend().close();
        }
    }

    /// Waits until the first catalog was read, or could not be.
    void awaitFirst(Duration patience) {
        try {
            tried.await(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    void close() {
        PostgresBackend backend = present.get().backend();
        App.await(backend.close());
    }
}
