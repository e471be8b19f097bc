package dev.ashlar.backend.postgres;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A moving average of how long each statement runs, for the statements used last. One event loop's
/// own.
final class LatencyBook {
    /// What may share a connection: a statement that keeps others waiting for less than this.
    static final long FAST_NANOS = 20_000_000;

    /// What others may wait for in one group.
    private static final long BRIEF_NANOS = 2_000_000;

    private static final int CAPACITY = 2_048;

    /// Weighs the newest run so that a statement slow in a cold cache is soon known as fast.
    private static final double NEWEST = 0.3;

    private final Map<String, double[]> averages =
            new LinkedHashMap<>(256, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, double[]> eldest) {
                    return size() > CAPACITY;
                }
            };

    void record(String text, long nanos) {
        double[] average = averages.get(text);
        if (average == null) {
            averages.put(text, new double[] {nanos});
        } else {
            average[0] += NEWEST * (nanos - average[0]);
        }
    }

    /// False for a statement never seen.
    boolean isFast(String text) {
        return isBelow(text, FAST_NANOS);
    }

    /// False for a statement never seen.
    boolean isBrief(String text) {
        return isBelow(text, BRIEF_NANOS);
    }

    private boolean isBelow(String text, long nanos) {
        double @Nullable [] average = averages.get(text);
        return average != null && average[0] < nanos;
    }
}
