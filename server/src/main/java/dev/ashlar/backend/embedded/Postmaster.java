package dev.ashlar.backend.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/// The server process, our child.
final class Postmaster {
    private static final Duration ABORT = Duration.ofSeconds(10);
    private static final Duration PATIENCE_STEP = Duration.ofSeconds(5);

    private final Process process;
    private final Path cluster;
    private final ServerLog log;
    private final AtomicBoolean stopping = new AtomicBoolean();
    private final CompletableFuture<PostgresExit> exit = new CompletableFuture<>();

    private Postmaster(Process process, Path cluster, ServerLog log) {
        this.process = process;
        this.cluster = cluster;
        this.log = log;
    }

    /// Starts the server from a thread that lives as long as the server does: the kernel sends the
    /// signal of a parent's death (`PR_SET_PDEATHSIG`) when the *thread* that started the child
    /// ends, so a thread of a pool would take the database with it.
    static Postmaster launch(ProcessBuilder command, Path cluster, ServerLog log) {
        CompletableFuture<Postmaster> started = new CompletableFuture<>();
        Thread.ofPlatform()
                .name("postgres-keeper")
                .daemon()
                .start(() -> keep(command, cluster, log, started));
        try {
            return started.join();
        } catch (CompletionException e) {
            throw new EmbeddedPostgresException(
                    "PostgreSQL could not be started: " + e.getMessage(), e);
        }
    }

    private static void keep(
            ProcessBuilder command,
            Path cluster,
            ServerLog log,
            CompletableFuture<Postmaster> started) {
        Postmaster postmaster;
        try {
            Process process = command.start();
            process.getOutputStream().close();
            postmaster = new Postmaster(process, cluster, log);
        } catch (IOException e) {
            started.completeExceptionally(e);
            return;
        }
        started.complete(postmaster);
        int status = postmaster.waitForExit();
        postmaster.exit.complete(
                new PostgresExit(
                        status,
                        postmaster.stopping.get()
                                ? PostgresExit.Cause.STOPPED
                                : PostgresExit.Cause.UNEXPECTED,
                        log.lastWords()));
    }

    private int waitForExit() {
        while (true) {
            try {
                return process.waitFor();
            } catch (InterruptedException e) {
                // Nobody interrupts this thread on purpose; ending it would end the server.
            }
        }
    }

    /// Returns when the server takes connections.
    void awaitReady(Duration timeout, Consumer<String> progress) {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (!Waiting.until(() -> isReady() || !process.isAlive(), PATIENCE_STEP)) {
            if (System.nanoTime() - deadline > 0 || Thread.currentThread().isInterrupted()) {
                stop(Duration.ofSeconds(1));
                throw new EmbeddedPostgresException(
                        "PostgreSQL was not ready after %d seconds (embedded.start-timeout). It said:%n%s"
                                .formatted(timeout.toSeconds(), log.lastWords()));
            }
            progress.accept("Waiting for PostgreSQL (it may be recovering)");
        }
        if (!process.isAlive()) {
            throw new EmbeddedPostgresException(
                    "PostgreSQL did not start. It said:%n%s".formatted(log.lastWords()));
        }
    }

    private boolean isReady() {
        Optional<PostmasterFile> file = PostmasterFile.find(cluster);
        return file.isPresent() && file.get().pid() == process.pid() && file.get().isReady();
    }

    /// Fast shutdown, then immediate shutdown, then the kernel.
    void stop(Duration timeout) {
        stopping.set(true);
        Signal.INT.send(process.pid());
        if (Waiting.forExit(process.toHandle(), timeout)) {
            return;
        }
        Signal.QUIT.send(process.pid());
        if (!Waiting.forExit(process.toHandle(), ABORT)) {
            process.destroyForcibly();
            Waiting.forExit(process.toHandle(), ABORT);
        }
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    CompletableFuture<PostgresExit> exit() {
        return exit;
    }
}
