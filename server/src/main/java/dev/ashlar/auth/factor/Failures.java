package dev.ashlar.auth.factor;

import dev.ashlar.backend.sql.SqlTransaction;
import dev.ashlar.problem.LimitProblem.TooManyRequests;
import dev.ashlar.problem.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// How many wrong codes an account has seen within an hour, on all nodes together: six digits are
/// found by trying. Only who has the first factor gets as far as this, so nobody else is locked out
/// by it; recovery codes are too long to be guessed and go on working.
public final class Failures {
    private static final Duration WINDOW = Duration.ofHours(1);

    private final FailureStore store = new FailureStore();
    private final int allowed;

    public Failures(int allowed) {
        this.allowed = allowed;
    }

    /// Throws [TooManyRequests] until the window is over. The caller holds the account's lock.
    public void requireFew(SqlTransaction tx, UUID account, Instant now) {
        Optional<FailureStore.Counted> counted = store.find(tx, account);
        if (counted.isPresent() && counted.get().failures() >= allowed) {
            Duration wait = Duration.between(now, counted.get().since().plus(WINDOW));
            if (wait.isPositive()) {
                throw new ProblemException(new TooManyRequests(wait.plusSeconds(1)));
            }
        }
    }

    /// To be committed, whatever becomes of the request.
    public void record(SqlTransaction tx, UUID account, Instant now) {
        store.record(tx, account, now.minus(WINDOW), now);
    }
}
