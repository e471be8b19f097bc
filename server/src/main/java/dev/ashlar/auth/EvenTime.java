package dev.ashlar.auth;

import java.time.Duration;
import java.util.function.Supplier;

/// Makes answers about accounts that may or may not be there take the same time: none comes before
/// the work for one that is there would be done. On virtual threads waiting costs nothing.
final class EvenTime {
    private static final Duration FLOOR = Duration.ofMillis(120);

    /// What comparing an imported hash takes as a rule: bcrypt of cost 10, scrypt of 16 MB.
    private static final Duration REFUSAL = Duration.ofMillis(200);

    private EvenTime() {}

    static <T> T of(Supplier<T> work) {
        long start = System.nanoTime();
        try {
            return work.get();
        } finally {
            rest(start + FLOOR.toNanos());
        }
    }

    /// A refusal for work begun at the time of [System#nanoTime].
    static void refusedSince(long start) {
        refusedSince(start, Duration.ZERO);
    }

    /// A refusal of a password, for work begun at the time of [System#nanoTime]: hashes of other
    /// systems take longer or shorter than the one that is computed for nobody. `slowest` is what
    /// the most expensive kind among them takes; a quarter more covers that it varies.
    static void refusedSince(long start, Duration slowest) {
        rest(start + Math.max(REFUSAL.toNanos(), slowest.toNanos() * 5 / 4));
    }

    private static void rest(long until) {
        try {
            Thread.sleep(Duration.ofNanos(Math.max(0, until - System.nanoTime())));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
