package dev.ashlar.auth;

import dev.ashlar.auth.RefreshTokens.Rotation;
import dev.ashlar.backend.sql.SqlTransaction;
import java.time.Instant;
import java.util.UUID;

/// Starts and continues sessions within a transaction of the caller's.
final class Sessions {
    private final SessionStore store;
    private final RefreshTokens refreshTokens;
    private final AccessTokens accessTokens;
    private final AuthConfig config;

    Sessions(
            SessionStore store,
            RefreshTokens refreshTokens,
            AccessTokens accessTokens,
            AuthConfig config) {
        this.store = store;
        this.refreshTokens = refreshTokens;
        this.accessTokens = accessTokens;
        this.config = config;
    }

    IssuedSession start(
            SqlTransaction tx, Account account, String method, Visitor visitor, Instant now) {
        Session session =
                new Session(UUID.randomUUID(), account.id(), now, null, null, "aal1", method);
        store.insert(tx, session, visitor);
        return issue(account, session, refreshTokens.start(tx, session, now), now);
    }

    IssuedSession continued(Account account, Rotation.Rotated rotated, Instant now) {
        return issue(account, rotated.session(), rotated.token(), now);
    }

    private IssuedSession issue(
            Account account, Session session, String refreshToken, Instant now) {
        return new IssuedSession(
                accessTokens.issue(account, session, now),
                config.tokenLifetime(),
                now.plus(config.tokenLifetime()),
                refreshToken,
                account);
    }
}
