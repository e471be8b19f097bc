package dev.ashlar.app;

import dev.ashlar.catalog.Catalog;
import dev.ashlar.observe.Log;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Reads the catalog when asked to, one at a time; requests that come meanwhile are one more read.
/// A read that fails is tried again, later each time, while the catalog at hand goes on serving.
final class CatalogReload {
    private static final Log LOG = Log.of(CatalogReload.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final Supplier<Catalog> loader;
    private final Consumer<Catalog> use;
    private final Semaphore requests = new Semaphore(0);
    private final Thread worker;
    private volatile boolean closed;

    private CatalogReload(Supplier<Catalog> loader, Consumer<Catalog> use) {
        this.loader = loader;
        this.use = use;
        // Thousands of tables are seconds of computing, which would keep a virtual thread's carrier
        // from all others.
        this.worker = Thread.ofPlatform().daemon().name("catalog").unstarted(this::work);
    }

    /// Reads the first catalog before it returns, and throws what goes wrong.
    static CatalogReload start(Supplier<Catalog> loader, Consumer<Catalog> use) {
        CatalogReload reload = new CatalogReload(loader, use);
        reload.load();
        reload.worker.start();
        return reload;
    }

    /// Reads the first catalog behind the scenes, and again until that succeeds.
    static CatalogReload startSoon(Supplier<Catalog> loader, Consumer<Catalog> use) {
        CatalogReload reload = new CatalogReload(loader, use);
        reload.request();
        reload.worker.start();
        return reload;
    }

    void request() {
        requests.release();
    }

    void close() {
        closed = true;
        worker.interrupt();
    }

    private void work() {
        try {
            while (true) {
                requests.acquire();
                reload();
            }
        } catch (InterruptedException _) {
            // Asked to stop.
        }
    }

    private void reload() throws InterruptedException {
        Duration pause = FIRST_PAUSE;
        while (!tried()) {
            requests.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS);
            pause = pause.multipliedBy(2);
            pause = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
        }
    }

    private boolean tried() {
        try {
            load();
            return true;
        } catch (RuntimeException e) {
            if (!closed) {
                LOG.warn(
                        "The catalog could not be read; the present one serves on: {}",
                        e.toString());
            }
            return closed;
        }
    }

    /// What was asked for until now is answered by this read.
    private void load() {
        requests.drainPermits();
        long began = System.nanoTime();
        use.accept(loader.get());
        LOG.debug("Read the catalog in {} ms", (System.nanoTime() - began) / 1_000_000);
    }
}
