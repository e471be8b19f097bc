package dev.ashlar.auth.link;

import dev.ashlar.auth.token.SecretBox;
import dev.ashlar.backend.sql.SqlTransaction;
import dev.ashlar.problem.AuthProblem.SentTooOften;
import dev.ashlar.problem.ErrorCode;
import dev.ashlar.problem.ProblemException;
import java.time.Duration;
import java.time.Instant;

/// How often somebody may have messages sent to one address, on all nodes together. Addresses that
/// belong to nobody count alike, so that the limit tells nothing about who has an account.
public final class MessagePace {
    private final MessagePaceStore store = new MessagePaceStore();
    private final SecretBox box;

    public MessagePace(SecretBox box) {
        this.box = box;
    }

    /// Throws [SentTooOften] with `otherwise` when the last one is not that long ago.
    public void take(
            SqlTransaction tx,
            String kind,
            String address,
            Duration frequency,
            ErrorCode otherwise,
            Instant now) {
        if (frequency.isZero()) {
            return;
        }
        String key = box.fingerprint(kind + " " + address, "auth.message_pace");
        if (!store.record(tx, key, now, now.minus(frequency))) {
            Duration gone = Duration.between(store.lastSent(tx, key).orElse(now), now);
            // Whole seconds, not before the time.
            throw new ProblemException(
                    new SentTooOften(otherwise, frequency.minus(gone).plusMillis(999)));
        }
    }

    public long deleteOlderThan(SqlTransaction tx, Instant time) {
        return store.deleteOlderThan(tx, time);
    }
}
