package dev.ashlar.app;

import dev.ashlar.backend.embedded.EmbeddedPostgres;
import dev.ashlar.backend.embedded.PostgresExit;
import dev.ashlar.observe.Log;
import java.time.Duration;
import java.util.function.Supplier;

/// Keeps the embedded server up: one that ends unasked is started again, later each time that
/// fails. Meanwhile requests fail and `/readyz` says so; the connections come back by themselves.
final class PostgresKeeper {
    private static final Log LOG = Log.of(PostgresKeeper.class);

    /// Ctrl-C reaches the server too, and then this process is about to stop as well.
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final Supplier<EmbeddedPostgres> starter;
    private final Object turn = new Object();
    private volatile EmbeddedPostgres server;
    private volatile boolean stopping;

    private PostgresKeeper(Supplier<EmbeddedPostgres> starter, EmbeddedPostgres server) {
        this.starter = starter;
        this.server = server;
    }

    static PostgresKeeper start(Supplier<EmbeddedPostgres> starter) {
        PostgresKeeper keeper = new PostgresKeeper(starter, starter.get());
        keeper.watch(keeper.server);
        return keeper;
    }

    EmbeddedPostgres server() {
        return server;
    }

    void stop() {
        stopping = true;
        synchronized (turn) {
            server.stop();
        }
    }

    private void watch(EmbeddedPostgres running) {
        running.onExit()
                .thenAccept(exit -> {
                    if (exit.cause() == PostgresExit.Cause.UNEXPECTED) {
                        Thread.ofVirtual().name("postgres-keeper").start(() -> revive(exit));
                    }
                });
    }

    private void revive(PostgresExit exit) {
        Duration pause = FIRST_PAUSE;
        if (!paused(pause)) {
            return;
        }
        LOG.error("PostgreSQL ended with status {}; starting it again", exit.status());
        exit.lastWords().lines().forEach(line -> LOG.error("  it said: {}", line));
        while (!revived()) {
            if (!paused(pause)) {
                return;
            }
            pause = pause.multipliedBy(2);
            pause = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
        }
    }

    /// Whether there is nothing left to do.
    private boolean revived() {
        synchronized (turn) {
            if (stopping) {
                return true;
            }
            try {
                // Frees the data directory, which the next one locks.
                server.stop();
                server = starter.get();
            } catch (RuntimeException e) {
                LOG.error("PostgreSQL does not start: {}", e.getMessage());
                return false;
            }
        }
        LOG.warn("PostgreSQL runs again");
        watch(server);
        return true;
    }

    /// Whether to go on.
    private boolean paused(Duration pause) {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException _) {
            return false;
        }
        return !stopping;
    }
}
