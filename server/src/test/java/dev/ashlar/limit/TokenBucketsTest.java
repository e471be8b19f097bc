package dev.ashlar.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.problem.LimitProblem.TooManyRequests;
import dev.ashlar.problem.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TokenBucketsTest {
    private final AtomicLong millis = new AtomicLong(1_800_000_000_000L);
    private final TokenBuckets buckets =
            new TokenBuckets(6, () -> Instant.ofEpochMilli(millis.get()));

    @Test
    void aFullBucketHoldsAMinutesWorthAndRefillsSteadily() {
        assertThat(takeAll("a")).isEqualTo(6);
        millis.addAndGet(9_999);
        assertThat(takeAll("a")).isZero();
        millis.addAndGet(1);
        assertThat(takeAll("a")).isOne();
        millis.addAndGet(3_600_000);
        assertThat(takeAll("a")).isEqualTo(6);
    }

    @Test
    void keysHaveBucketsOfTheirOwn() {
        takeAll("a");
        assertThat(takeAll("b")).isEqualTo(6);
    }

    /// A fixed window would let twice the rate through around its edge.
    @Test
    void noMinuteLetsTwiceTheRateThrough() {
        int taken = 0;
        for (int second = 0; second < 60; second++) {
            taken += takeAll("a");
            millis.addAndGet(1_000);
        }
        assertThat(taken).isLessThanOrEqualTo(12);
        int next = 0;
        for (int second = 0; second < 60; second++) {
            next += takeAll("a");
            millis.addAndGet(1_000);
        }
        assertThat(next).isEqualTo(6);
    }

    @Test
    void theRefusalSaysWhenToComeBack() {
        takeAll("a");
        assertThatThrownBy(() -> buckets.take("a"))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e ->
                                assertThat(e.problem())
                                        .isEqualTo(new TooManyRequests(Duration.ofSeconds(11))));
    }

    private int takeAll(String key) {
        for (int taken = 0; ; taken++) {
            try {
                buckets.take(key);
            } catch (ProblemException _) {
                return taken;
            }
        }
    }
}
