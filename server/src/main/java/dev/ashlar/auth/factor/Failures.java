package dev.ashlar.auth.factor;

import dev.ashlar.auth.audit.Visitor;
import dev.ashlar.auth.throttle.KnownNetworks;
import dev.ashlar.backend.sql.SqlTransaction;
import dev.ashlar.problem.LimitProblem.TooManyRequests;
import dev.ashlar.problem.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/// How many wrong codes an account has seen, on all nodes together: six digits are found by trying.
/// Beyond an hour's worth each has to wait until the next may be tried, as tokens come back to a
/// bucket.
///
/// Only who has the first factor gets as far as this. So that they do not lock the owner out, each
/// network counts by itself from which a second factor was given before, and all others count
/// together. Recovery codes are too long to be guessed and go on working.
public final class Failures {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final String ELSEWHERE = "";

    private final FailureStore store = new FailureStore();
    private final KnownNetworks known;
    private final Duration step;

    /// `allowed` are those of an hour.
    public Failures(KnownNetworks known, int allowed) {
        this.known = known;
        this.step = HOUR.dividedBy(allowed);
    }

    /// Throws [TooManyRequests] when too many were tried from there. The caller holds the account's
    /// lock.
    public void requireFew(SqlTransaction tx, UUID account, Visitor visitor, Instant now) {
        Instant room = now.plus(HOUR).minus(step);
        Duration wait = Duration.between(room, full(tx, account, place(tx, account, visitor), now));
        if (wait.isPositive()) {
            throw new ProblemException(new TooManyRequests(wait.plusSeconds(1)));
        }
    }

    /// To be committed, whatever becomes of the request.
    public void record(SqlTransaction tx, UUID account, Visitor visitor, Instant now) {
        String place = place(tx, account, visitor);
        store.put(tx, account, place, full(tx, account, place, now).plus(step));
    }

    /// A second factor was given from there.
    public void remember(SqlTransaction tx, UUID account, Visitor visitor, Instant now) {
        known.note(tx, key(account, visitor), account, now);
    }

    private Instant full(SqlTransaction tx, UUID account, String place, Instant now) {
        return store.findFull(tx, account, place).filter(full -> full.isAfter(now)).orElse(now);
    }

    private String place(SqlTransaction tx, UUID account, Visitor visitor) {
        String key = key(account, visitor);
        return known.holds(tx, key) ? key : ELSEWHERE;
    }

    private String key(UUID account, Visitor visitor) {
        return known.key(visitor, "factor " + account);
    }
}
