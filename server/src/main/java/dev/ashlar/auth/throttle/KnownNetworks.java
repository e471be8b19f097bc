package dev.ashlar.auth.throttle;

import dev.ashlar.auth.audit.Visitor;
import dev.ashlar.auth.token.SecretBox;
import dev.ashlar.backend.sql.SqlTransaction;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/// From where accounts have signed in lately. Attempts from there count by themselves, so that
/// strangers who try passwords or codes slow each other down, and not the owner.
public final class KnownNetworks {
    private static final Duration KEPT = Duration.ofDays(90);

    /// A network that is known is noted again at most so often.
    private static final Duration NOTED_EVERY = Duration.ofDays(1);

    private final KnownNetworkStore store = new KnownNetworkStore();
    private final SecretBox box;

    public KnownNetworks(SecretBox box) {
        this.box = box;
    }

    /// By what the network of the visitor is known, for an account by the name that `name` is.
    public String key(Visitor visitor, String name) {
        return box.fingerprint(name + ' ' + visitor.network(), "auth.known_networks");
    }

    public boolean holds(SqlTransaction tx, String key) {
        return store.holds(tx, key);
    }

    /// The account has proved itself from there.
    public void note(SqlTransaction tx, String key, UUID account, Instant now) {
        store.put(tx, key, account, now, now.minus(NOTED_EVERY));
    }

    public long deleteOld(SqlTransaction tx, Instant now) {
        return store.deleteOlderThan(tx, now.minus(KEPT));
    }
}
