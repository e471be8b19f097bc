package dev.ashlar.auth.throttle;

import dev.ashlar.auth.token.SecretBox;
import dev.ashlar.backend.sql.SqlDatabase;
import dev.ashlar.limit.TokenBuckets;
import dev.ashlar.observe.Log;
import dev.ashlar.problem.LimitProblem.TooManyRequests;
import dev.ashlar.problem.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/// Token buckets of all nodes together. Each node first asks buckets of its own, of the same size:
/// whoever has emptied those here has emptied the shared ones too, and costs the database nothing.
public final class Throttle {
    private static final Log LOG = Log.of(Throttle.class);
    private static final long MINUTE_MICROS = 60_000_000;

    /// A database that does not answer is not asked again for so long.
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final SqlDatabase database;
    private final SecretBox box;
    private final InstantSource clock;
    private final Reach reach;
    private final ThrottleStore store = new ThrottleStore();
    private final Map<String, TokenBuckets> sieves = new ConcurrentHashMap<>();
    private volatile Instant askAgainAt = Instant.MIN;

    /// Who counts together.
    public enum Reach {
        EACH_NODE,
        ALL_NODES
    }

    public Throttle(SqlDatabase database, SecretBox box, InstantSource clock, Reach reach) {
        this.database = database;
        this.box = box;
        this.clock = clock;
        this.reach = reach;
    }

    /// Takes a token from each, or throws [TooManyRequests]. Blocks; within a transaction use
    /// [#sieve].
    public void take(List<Bucket> buckets) {
        for (Bucket bucket : buckets) {
            if (bucket.unless().isEmpty()) {
                sieve(bucket);
            }
        }
        shared(buckets)
                .ifPresent(wait -> {
                    throw new ProblemException(new TooManyRequests(wait));
                });
    }

    /// The same from this node's own bucket alone.
    public void sieve(Bucket bucket) {
        sieves.computeIfAbsent(
                        bucket.kind() + ' ' + bucket.perMinute(),
                        _ -> new TokenBuckets(bucket.perMinute(), clock))
                .take(bucket.key());
    }

    private Optional<Duration> shared(List<Bucket> buckets) {
        if (reach == Reach.EACH_NODE || clock.instant().isBefore(askAgainAt)) {
            return Optional.empty();
        }
        String[] keys = texts(buckets, this::key);
        String[] steps = texts(buckets, Throttle::step);
        String[] unless = texts(buckets, bucket -> bucket.unless().orElse(""));
        try {
            return store.take(database, keys, steps, unless);
        } catch (ProblemException e) {
            askAgainAt = clock.instant().plus(PAUSE);
            LOG.warn("Limits hold on this node alone at the moment: {}", e.getMessage());
            return Optional.empty();
        }
    }

    private static String[] texts(List<Bucket> buckets, Function<Bucket, String> text) {
        return buckets.stream().map(text).toArray(String[]::new);
    }

    /// Neither addresses nor names stand in the table.
    private String key(Bucket bucket) {
        return box.fingerprint(bucket.kind() + ' ' + bucket.key(), "auth.rate_limits");
    }

    private static String step(Bucket bucket) {
        return Long.toString(Math.max(1, MINUTE_MICROS / bucket.perMinute()));
    }

    /// Throws away what says nothing; answers how many rows. Blocks.
    public long sweep() {
        return database.transaction(store::deleteFull);
    }
}
