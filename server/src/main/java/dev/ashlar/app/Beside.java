package dev.ashlar.app;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/// A step of the start that is taken on a thread of its own while others go on.
///
/// Closing it waits for its end, so that what it opens is known to [ClosingOrder] before anything
/// is closed, also when another step fails.
final class Beside<T> implements AutoCloseable {
    private final CompletableFuture<T> step;

    private Beside(CompletableFuture<T> step) {
        this.step = step;
    }

    static <T> Beside<T> start(String name, Supplier<T> work) {
        Thread.Builder threads = Thread.ofPlatform().daemon().name("start-" + name);
        return new Beside<>(CompletableFuture.supplyAsync(work, threads::start));
    }

    /// Waits for it, and throws what it threw.
    T result() {
        try {
            return step.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            if (e.getCause() instanceof Error failure) {
                throw failure;
            }
            throw e;
        }
    }

    @Override
    public void close() {
        step.handle((_, _) -> true).join();
    }
}
