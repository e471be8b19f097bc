package dev.ashlar.app;

import dev.ashlar.observe.Log;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Ends what was started, the last first. One part that fails to end does not keep the others up.
final class ClosingOrder {
    private static final Log LOG = Log.of(ClosingOrder.class);

    private final Deque<Step> steps = new ArrayDeque<>();

    private record Step(String name, Runnable close) {}

    /// Remembers how to end a part, and hands it back.
    synchronized <T> T add(String name, T part, Consumer<T> close) {
        steps.push(new Step(name, () -> close.accept(part)));
        return part;
    }

    void close() {
        for (Step step = next(); step != null; step = next()) {
            long began = System.nanoTime();
            try {
                step.close().run();
            } catch (RuntimeException e) {
                LOG.warn("Stopping failed: {}", step.name(), e);
            }
            LOG.debug("Stopped: {} in {} ms", step.name(), (System.nanoTime() - began) / 1_000_000);
        }
    }

    private synchronized @Nullable Step next() {
        return steps.poll();
    }
}
