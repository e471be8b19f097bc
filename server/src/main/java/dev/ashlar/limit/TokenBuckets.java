package dev.ashlar.limit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.ashlar.problem.LimitProblem.TooManyRequests;
import dev.ashlar.problem.ProblemException;
import java.time.Duration;
import java.time.InstantSource;

/// One bucket per key, all of one size: a full bucket holds a minute's worth, and refills steadily,
/// so that no window has an edge at which twice the rate gets through.
///
/// Each bucket is a single number, the time at which it will be full again (the generic cell rate
/// algorithm, ITU-T I.371). A key that is not in memory has a full bucket.
public final class TokenBuckets {
    /// About 100 bytes each.
    private static final long MAX_KEYS = 100_000;

    private static final long MINUTE_MICROS = 60_000_000;

    private final long interval;
    private final InstantSource clock;
    private final Cache<String, Long> fullAt = Caffeine.newBuilder().maximumSize(MAX_KEYS).build();

    public TokenBuckets(int perMinute, InstantSource clock) {
        if (perMinute < 1) {
            throw new IllegalArgumentException("a limit is at least one a minute");
        }
        this.interval = Math.max(1, MINUTE_MICROS / perMinute);
        this.clock = clock;
    }

    /// Takes one token from the bucket of `key`, or throws [TooManyRequests].
    public void take(String key) {
        long now = clock.millis() * 1_000;
        long[] wait = {0};
        fullAt.asMap()
                .compute(
                        key,
                        (_, full) -> {
                            long next = (full == null ? now : Math.max(full, now)) + interval;
                            wait[0] = next - now - MINUTE_MICROS;
                            return wait[0] > 0 && full != null ? full : Long.valueOf(next);
                        });
        if (wait[0] > 0) {
            throw new ProblemException(
                    new TooManyRequests(Duration.ofSeconds(1 + wait[0] / 1_000_000)));
        }
    }
}
