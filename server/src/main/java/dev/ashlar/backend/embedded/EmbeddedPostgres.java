package dev.ashlar.backend.embedded;

import dev.ashlar.config.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/// A running PostgreSQL of our own. Made by [#start], ended by [#stop]; ended without it, it shuts
/// down by itself on Linux when this process dies.
public final class EmbeddedPostgres implements AutoCloseable {
    /// The bootstrap superuser, whose password is the one given to [#start].
    public static final String SUPERUSER = ClusterCreation.SUPERUSER;

    private static final Duration PRUNING = Duration.ofMinutes(1);

    private final Postmaster postmaster;
    private final DataLock lock;
    private final Path socketDirectory;
    private final int port;
    private final Duration stopTimeout;
    private final AtomicBoolean stopped = new AtomicBoolean();

    EmbeddedPostgres(
            Postmaster postmaster,
            DataLock lock,
            Path socketDirectory,
            int port,
            Duration stopTimeout) {
        this.postmaster = postmaster;
        this.lock = lock;
        this.socketDirectory = socketDirectory;
        this.port = port;
        this.stopTimeout = stopTimeout;
    }

    /// Starts the server of a data directory, after creating what is missing and clearing what a
    /// crash left, and returns when it takes connections. Blocks. `progress` gets a line per step
    /// that a person may have to wait for.
    public static EmbeddedPostgres start(
            EmbeddedConfig config,
            Path dataDir,
            Secret superuserPassword,
            Consumer<String> progress) {
        DataDirectory directory = DataDirectory.open(dataDir);
        DataLock lock = DataLock.take(directory);
        try {
            EmbeddedPostgres server =
                    new Startup(config, directory, progress).run(superuserPassword, lock);
            server.pruneLogs(new ServerLog(directory));
            return server;
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private void pruneLogs(ServerLog log) {
        Thread.ofVirtual()
                .name("postgres-log")
                .start(() -> {
                    do {
                        log.prune();
                    } while (!exitsWithin(PRUNING));
                });
    }

    private boolean exitsWithin(Duration duration) {
        return postmaster
                .exit()
                .thenApply(_ -> true)
                .completeOnTimeout(false, duration.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    /// The directory of the Unix socket.
    public Path socketDirectory() {
        return socketDirectory;
    }

    /// The number in the socket's name, and the TCP port on 127.0.0.1 when one is configured.
    public int port() {
        return port;
    }

    /// The socket itself: `.s.PGSQL.<port>`.
    public Path socket() {
        return socketDirectory.resolve(".s.PGSQL." + port);
    }

    public long pid() {
        return postmaster.pid();
    }

    public boolean isAlive() {
        return postmaster.isAlive();
    }

    /// Completed when the server ends, also when nobody asked it to.
    public CompletableFuture<PostgresExit> onExit() {
        return postmaster.exit().copy();
    }

    /// Ends sessions, writes a checkpoint and returns when the server is gone and the directory
    /// free for another. A second call does nothing.
    public void stop() {
        if (stopped.compareAndSet(false, true)) {
            try {
                postmaster.stop(stopTimeout);
            } finally {
                lock.close();
            }
        }
    }

    @Override
    public void close() {
        stop();
    }
}
