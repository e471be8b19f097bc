package dev.ashlar.auth.session;

import dev.ashlar.auth.config.AuthConfig;
import dev.ashlar.auth.config.AuthConfig.Revocation;
import dev.ashlar.backend.sql.SqlDatabase;
import dev.ashlar.identity.Caller;
import dev.ashlar.json.JsonValue.JsonNumber;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Sessions and accounts that ended while access tokens of theirs are still good, kept in memory on
/// each node: a request costs one look into a map that is nearly always empty.
///
/// The database gathers them by triggers and notifies all nodes; nothing is kept longer than an
/// access token lives. Tokens are covered only where the settings say so; cookies always are.
public final class Revocations {
    /// Clocks of nodes may differ by so much (the skew that tokens are allowed).
    private static final Duration SKEW = Duration.ofSeconds(30);

    private final SqlDatabase database;
    private final SessionStore store;
    private final AuthConfig config;
    private final InstantSource clock;

    /// When, in seconds, by the id of a session or account.
    private volatile Map<String, Long> revoked = Map.of();

    public Revocations(
            SqlDatabase database, SessionStore store, AuthConfig config, InstantSource clock) {
        this.database = database;
        this.store = store;
        this.config = config;
        this.clock = clock;
    }

    /// Blocks.
    public synchronized void reload() {
        if (coversTokens() || config.cookies().enabled()) {
            Duration kept = coversTokens() ? config.tokenLifetime() : SessionCookies.CHECK_EVERY;
            revoked =
                    database.transaction(
                            tx -> store.revokedSince(tx, clock.instant().minus(kept).minus(SKEW)));
        }
    }

    private boolean coversTokens() {
        return config.revocation() == Revocation.IMMEDIATE;
    }

    /// Whether the session ended, or the account was closed after it was looked at. Never blocks.
    boolean covers(UUID session, UUID account, Instant lookedAt) {
        Map<String, Long> known = revoked;
        if (known.isEmpty()) {
            return false;
        }
        Long at = known.get(account.toString());
        return known.containsKey(session.toString())
                || (at != null && lookedAt.minus(SKEW).getEpochSecond() <= at);
    }

    /// Whether a good token stands for somebody who may act no more. Never blocks. An account may
    /// come back, and its tokens from then on are good.
    public boolean covers(Caller caller) {
        Map<String, Long> known = revoked;
        if (known.isEmpty() || !coversTokens()) {
            return false;
        }
        if (caller.claims().findSessionId().filter(known::containsKey).isPresent()) {
            return true;
        }
        Optional<Long> at = caller.claims().findSubject().map(known::get);
        return at.isPresent() && issuedAt(caller) <= at.get();
    }

    private static long issuedAt(Caller caller) {
        return caller.claims().values().members().get("iat") instanceof JsonNumber(BigDecimal at)
                ? at.min(BigDecimal.valueOf(Long.MAX_VALUE)).longValue()
                : 0;
    }
}
