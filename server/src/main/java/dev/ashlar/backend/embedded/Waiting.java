package dev.ashlar.backend.embedded;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/// Bounded waiting for another process.
final class Waiting {
    private static final long STEP_MILLIS = 10;

    private Waiting() {}

    static boolean forExit(ProcessHandle process, Duration patience) {
        return until(() -> !process.isAlive(), patience);
    }

    /// Whether the condition came true in time. An interrupt ends the waiting and stays set.
    static boolean until(BooleanSupplier condition, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                return false;
            }
            try {
                Thread.sleep(STEP_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return condition.getAsBoolean();
            }
        }
        return true;
    }
}
