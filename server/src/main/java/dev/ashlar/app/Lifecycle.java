package dev.ashlar.app;

import dev.ashlar.observe.Log;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// A server from its start to its end, as a process: signals, and an end within a bounded time.
///
/// SIGTERM and SIGINT stop it cleanly, a second one at once; SIGHUP reads the schema and the
/// certificate anew.
public final class Lifecycle {
    private static final Log LOG = Log.of(Lifecycle.class);
    private static final int FORCED = 130;

    /// What the parts may take beyond the limits that the configuration sets for them.
    private static final Duration MARGIN = Duration.ofSeconds(10);

    private final CountDownLatch stop = new CountDownLatch(1);
    private final Config config;

    public Lifecycle(Config config) {
        this.config = config;
    }

    /// From now on signals ask for an end, also while the server is still starting.
    public void handleSignals() {
        Signals.handle("TERM", () -> asked("SIGTERM"));
        Signals.handle("INT", () -> asked("SIGINT"));
    }

    /// Returns when the server was asked to stop and has stopped.
    public void serve(App app) {
        Signals.handle(
                "HUP",
                () -> {
                    LOG.info("SIGHUP: reading the schema and the certificate anew");
                    app.reloadCatalog();
                    app.reloadCertificate();
                });
        try {
            stop.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        haltAfter(config.http().drainTimeout().plus(config.embedded().stopTimeout()).plus(MARGIN));
        app.stop();
    }

    /// Whether an end was asked for before the server was up.
    public boolean stopping() {
        return stop.getCount() == 0;
    }

    private void asked(String signal) {
        if (stopping()) {
            LOG.warn("{} again: stopping at once", signal);
            Runtime.getRuntime().halt(FORCED);
        }
        LOG.info("{}: stopping", signal);
        stop.countDown();
    }

    /// A part that hangs must not keep the process from ending.
    private static void haltAfter(Duration limit) {
        Thread.ofPlatform()
                .daemon()
                .name("stop-limit")
                .start(() -> {
                    try {
                        TimeUnit.MILLISECONDS.sleep(limit.toMillis());
                        LOG.error("Not stopped within {} s: ending at once", limit.toSeconds());
                        Runtime.getRuntime().halt(1);
                    } catch (InterruptedException _) {
                        Thread.currentThread().interrupt();
                    }
                });
    }
}
